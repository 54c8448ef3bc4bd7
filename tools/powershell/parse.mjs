// Parses the PowerShell scripts that it is given and fails where the grammar does.
// First it looks whether the grammar refuses what is wrong: a parser that takes anything finds nothing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(createRequire(import.meta.url).resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));

function errors(text) {
  const found = [];
  const visit = (node) => {
    if (node.isError || node.isMissing) {
      found.push(`${node.startPosition.row + 1}:${node.startPosition.column + 1}: ${node.type}`);
    }
    node.children.forEach(visit);
  };
  visit(parser.parse(text).rootNode);
  return found;
}

for (const wrong of ["if ($a { 1 }", "function f { 'open }", "$a = @('b', )", "foreach ($x $y) { }"]) {
  if (errors(wrong).length === 0) {
    throw new Error(`the grammar takes ${wrong}`);
  }
}
let failed = false;
for (const file of process.argv.slice(2)) {
  for (const error of errors(readFileSync(file, "utf8"))) {
    console.error(`${file}:${error}`);
    failed = true;
  }
}
process.exitCode = failed ? 1 : 0;
