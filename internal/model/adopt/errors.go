package adopt

import "fmt"

// Error says what is wrong with an export, and where.
type Error struct {
	Row     string // such as SMS_Site[3]; empty when the text as a whole is meant
	Message string // full sentences that say why, and what to do
}

func (e *Error) Error() string {
	if e.Row == "" {
		return e.Message
	}
	return e.Row + ": " + e.Message
}

func failure(row, format string, args ...any) error {
	return &Error{Row: row, Message: fmt.Sprintf(format, args...)}
}

// Kinds of notes.
const (
	NoteGap         = "gap"          // the export says that something could not be read
	NoteNotModelled = "not_modelled" // a row or value that the model has no place for
	NoteUnknownRole = "unknown_role" // a role name that the catalog does not know
	NoteDuplicate   = "duplicate"    // a row that is there twice
	NoteConflict    = "conflict"     // two rows that contradict each other
	NoteUnlisted    = "unlisted"     // a row of a site that the export does not list
	NoteUndecided   = "undecided"    // a value whose meaning is not known for sure
)

// Note is something that was read and is not in the topology, or not as it was read.
type Note struct {
	Kind    string
	Row     string // such as SMS_SCI_SysResUse[12], empty when no single row is meant
	Message string // full sentences
}

// NoteKinds lists the kinds of notes, with what each means as the end of a sentence.
func NoteKinds() []NoteKind {
	return []NoteKind{
		{NoteGap, "the export says that something could not be read"},
		{NoteNotModelled, "the model has no place for it"},
		{NoteUnknownRole, "the catalog has no such role"},
		{NoteDuplicate, "a row is there twice"},
		{NoteConflict, "two rows contradict each other"},
		{NoteUnlisted, "the site of a row is not in the export"},
		{NoteUndecided, "what a value means is not certain"},
	}
}

// NoteKind is a kind of note.
type NoteKind struct {
	Key   string
	About string
}
