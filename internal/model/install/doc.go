// Package install derives from a declared topology what automation needs to build it:
// the cmdlet and the DSC resource of each role, what the role needs on its computer,
// the keys of an unattended setup, and the steps of a whole hierarchy in order.
//
// It talks to no server and holds no secret: what a topology does not say, such as
// product keys, passwords and certificates, is a [Placeholder] that is filled when
// the automation runs. Facts are tables with the article they come from; everything
// is a pure function of its input, and sorted.
package install
