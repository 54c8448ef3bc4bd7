package designfile

// Schema says what may be written in a design file. The provider makes it of the
// schemas of its resources, so that a new argument is accepted without a second list.
type Schema struct {
	// Site has the arguments of a site without its code, which is the key. Its argument
	// parent is an object; a file may give the code of a site of the file instead.
	Site *Object
	// Server has the arguments of a server without its site, which a file gives by its code.
	Server *Object
	// Assignment has the arguments of a role assignment without its server, its role and
	// the settings of roles.
	Assignment *Object
	// Roles has the settings of each role that has some, by the key of the role.
	Roles map[string]*Object
	// Hierarchy has the arguments of a hierarchy without its elements.
	Hierarchy *Object
}

// Object is the schema of an object.
type Object struct {
	Description string
	Attributes  map[string]*Attribute
	// Check says what is wrong with the values of an object of this schema, of which
	// some may be missing or null. It may be nil.
	Check func(values map[string]any) []Invalid
}

// Attribute is the schema of one argument.
type Attribute struct {
	Kind        Kind
	Description string
	Required    bool
	Values      []string   // what a string, or a string in a list, may be; empty for anything
	Host        bool       // whether a string, the elements of a list or the keys of a map name computers
	Element     *Attribute // of a list or map
	Object      *Object    // of an object
	Block       bool       // whether a configuration writes the object as a block
}

// Kind is the kind of a value.
type Kind uint8

// The kinds of values.
const (
	String Kind = iota + 1
	Bool
	Integer
	List
	Map
	Nested // an object
)

// Invalid is a value that is of the right kind and still wrong.
type Invalid struct {
	Path []string // attribute names, map keys and list indices down to the value
	Text string   // sentences: what is wrong, then what to do
}
