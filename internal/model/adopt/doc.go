// Package adopt reads what runs: exports of a hierarchy become the model's objects, and
// two descriptions of one hierarchy are compared.
//
// [Read] takes the text of an export and returns an [Export]: the hierarchy that the
// rows describe, with everything in it installed, and notes about every row that the
// model has no place for. Nothing is guessed: what a source cannot know stays unknown
// in the model, so that no rule takes it for the product's default. [Compare] says how
// a declared and a running hierarchy differ.
//
// The rows are those of the classes of the SMS Provider, whose names and values are
// documented in the SDK of the product. Which property gives which attribute was taken,
// on 2026-11-28, from public scripts that read the same rows and from public samples of
// them: the DSC module ConfigMgrCBDsc, DocumentConfigMgrCB, the firewall script of
// jonasatgit/scriptrepo, the lab of MEMLabs and the samples of ConfigManBearPig.
package adopt
