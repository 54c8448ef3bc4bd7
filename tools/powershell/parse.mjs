// Parses PowerShell files with the grammar of tree-sitter and fails for what it does not
// understand: node parse.mjs FILE... Of a Markdown page it parses the blocks of PowerShell.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));

const files = process.argv.slice(2);

let failed = 0;
let understood = 0;
function visit(node, file, text) {
  if (node.isError || node.isMissing) {
    failed++;
    const at = node.startPosition;
    console.error(`${file}:${at.row + 1}:${at.column + 1}: ${JSON.stringify(text.slice(node.startIndex, node.startIndex + 80))}`);
    return;
  }
  for (let i = 0; i < node.childCount; i++) visit(node.child(i), file, text);
}
for (const file of files) {
  const text = readFileSync(file, "utf8").replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const parts = file.endsWith(".md") ? Array.from(text.matchAll(/^```powershell\n(.*?)^```$/gms), (match) => match[1]) : [text];
  understood += parts.length;
  for (const part of parts) visit(parser.parse(part).rootNode, file, part);
}
if (failed) process.exit(1);
console.log(`${understood} texts understood`);
