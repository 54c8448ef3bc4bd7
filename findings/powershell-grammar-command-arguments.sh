#!/usr/bin/env bash
# npm tree-sitter-powershell 0.26.4, read with web-tree-sitter 0.27.2: everyday PowerShell that the grammar refuses
#
# Guess:  what the PowerShell Language Specification 3.0 allows parses without an error node.
# Seen:   - as an argument of a command, $a.b(), $a.b.c and $a[0].b() parse; a member or an index after a method call, such as
#           $a.b().c and $a.b()[0], is an error. As an expression of its own, or in parentheses, the same text parses.
#         - break and continue parse, break and continue with a label do not, although the labeled loop does.
#         - a param block parses when a line break follows, not when a statement follows on the same line.
# Why it matters here: scripts that install and verify a hierarchy are held to this grammar where no PowerShell is at hand. A
# script can be right and fail there; a writer of scripts has to put such arguments in parentheses to have them checked at all.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --ignore-scripts tree-sitter-powershell@0.26.4 web-tree-sitter@0.27.2 >/dev/null
cat >read.mjs <<'JS'
import { Language, Parser } from 'web-tree-sitter';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
for (const text of [
  'Get-Item $a.b()',
  'Get-Item $a.b.c',
  'Get-Item $a[0].b()',
  'Get-Item $a.b().c',
  'Get-Item $a.b()[0]',
  'Get-Item ($a.b().c)',
  '$a.b().c',
  ':sites foreach ($a in 1..3) { break }',
  ':sites foreach ($a in 1..3) { break sites }',
  ':sites foreach ($a in 1..3) { continue sites }',
  'function f { param([string] $A)\n$A }',
  'function f { param([string] $A) $A }',
]) {
  console.log(parser.parse(text).rootNode.hasError ? 'refused:' : 'parsed: ', text.replace('\n', ' <line break> '));
}
JS
node read.mjs >seen

cat >expected <<'TEXT'
parsed:  Get-Item $a.b()
parsed:  Get-Item $a.b.c
parsed:  Get-Item $a[0].b()
refused: Get-Item $a.b().c
refused: Get-Item $a.b()[0]
parsed:  Get-Item ($a.b().c)
parsed:  $a.b().c
parsed:  :sites foreach ($a in 1..3) { break }
refused: :sites foreach ($a in 1..3) { break sites }
refused: :sites foreach ($a in 1..3) { continue sites }
parsed:  function f { param([string] $A) <line break> $A }
refused: function f { param([string] $A) $A }
TEXT
cat seen
diff -u expected seen && echo 'as stated'
