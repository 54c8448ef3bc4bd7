// Runs the PowerShell that the provider renders, over the tree of the grammar that parse.mjs
// reads it with: the functions, tests and loops are those of the script itself. What is no
// function of the script is a stand-in that the caller gives. It knows the part of the
// language that the scripts are written in, and fails for anything else: an expression that
// is not understood is never taken for done.
//
// As in PowerShell, names ignore case, a function sees the variables of what calls it, what a
// statement leaves is output, and output of one element is that element.
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));

// The levels of expressions, each of which may hold nothing but one of the next level.
const levels = /^(logical|bitwise|comparison|additive|multiplicative|format|range)(_argument)?_expression$/;

// A node of the tree, taken over from the grammar once: to ask the grammar for every node of
// every run takes a hundred times as long.
class Node {
  children = [];
  fields = new Map();
  constructor(type, isNamed, startIndex, endIndex, row, source) {
    Object.assign(this, { type, isNamed, startIndex, endIndex, row, source, isLevel: levels.test(type) });
  }
  get text() { return this.source.slice(this.startIndex, this.endIndex); }
  get childCount() { return this.children.length; }
  child(i) { return this.children[i]; }
  childForFieldName(name) { return this.fields.get(name) ?? null; }
}

// parse returns the tree of a text.
export function parse(text) {
  const tree = parser.parse(text);
  if (tree.rootNode.hasError) throw new Error("the text does not parse");
  const cursor = tree.walk();
  const take = () => {
    const node = new Node(cursor.nodeType, cursor.nodeIsNamed, cursor.startIndex, cursor.endIndex, cursor.startPosition.row, text);
    if (cursor.gotoFirstChild()) {
      do {
        const field = cursor.currentFieldName;
        const child = take();
        node.children.push(child);
        if (field) node.fields.set(field, child);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return node;
  };
  const root = take();
  cursor.delete();
  tree.delete();
  return root;
}

// A hash table, whose keys ignore case.
export class Table {
  entries = new Map();
  static of(object) {
    const table = new Table();
    for (const [key, value] of Object.entries(object)) table.set(key, value);
    return table;
  }
  get(key) { return this.entries.get(String(key).toLowerCase())?.[1] ?? null; }
  set(key, value) { this.entries.set(String(key).toLowerCase(), [key, value]); }
}

// A list that grows: System.Collections.ArrayList.
export class List {
  items = [];
}

export class Block {
  constructor(node) { this.node = node; }
}

// What throw throws, and what a stand-in that refuses something throws.
export class Failure extends Error {
  constructor(message, type = "") {
    super(text(message));
    this.type = type;
  }
}

class Return {
  constructor(output) { this.output = output; }
}
class Continue {}
export class Exit {
  constructor(code) { this.code = code; }
}

class Scope {
  variables = new Map();
  constructor(parent) { this.parent = parent; }
  find(name) {
    for (let scope = this; scope; scope = scope.parent) if (scope.variables.has(name)) return scope.variables.get(name);
    return undefined;
  }
  root() { return this.parent ? this.parent.root() : this; }
}

export function list(value) {
  if (value === null || value === undefined) return [];
  if (value instanceof List) return value.items;
  return Array.isArray(value) ? value : [value];
}

function single(output) {
  if (output.length === 0) return null;
  return output.length === 1 ? output[0] : output;
}

export function truth(value) {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 1 || value.length === 1 && truth(value[0]);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "string") return value !== "";
  return true;
}

export function text(value) {
  if (value === null || value === undefined) return "";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return value.map(text).join(" ");
  if (value instanceof Error) return value.message;
  return String(value);
}

function same(a, b) {
  if (typeof a === "number" || typeof b === "number") return Number(a) === Number(b);
  if (a === null || b === null) return a === b;
  if (typeof a === "boolean" || typeof b === "boolean") return truth(a) === truth(b);
  return text(a).toLowerCase() === text(b).toLowerCase();
}

export function property(value, name) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    if (name.toLowerCase() === "count") return value.length;
    return single(value.map((element) => property(element, name)));
  }
  if (value instanceof List && name.toLowerCase() === "count") return value.items.length;
  if (value instanceof Table) return value.get(name);
  if (typeof value === "string") return name.toLowerCase() === "length" ? value.length : null;
  for (const key of Object.keys(value)) if (key.toLowerCase() === name.toLowerCase()) return value[key];
  return null;
}

export class Interpreter {
  // standIns are functions by the names of cmdlets, in lower case: each is given the bound
  // parameters by their names, the input of the pipeline and the interpreter. types are
  // functions by type and method, such as "System.Net.Dns::GetHostEntry", and the members of
  // objects are functions in them. environment holds the variables of $env.
  constructor({ standIns, types, environment }) {
    Object.assign(this, { standIns, types, environment });
    this.functions = new Map();
    this.scope = new Scope(null);
  }

  get(name) { return this.scope.find(name.toLowerCase()) ?? null; }
  set(name, value) { this.scope.variables.set(name.toLowerCase(), value); }
  setParameter(name, value) {
    this.given ??= new Map();
    this.given.set(name.toLowerCase(), value);
  }

  // run runs a script with the parameters that were set, and returns its exit code.
  // A script may be in pieces.
  run(trees) {
    try {
      for (const node of trees.flatMap(children)) {
        if (node.type === "param_block") this.bind(node, this.given ?? new Map(), [], "the script");
        else if (node.type === "statement_list") this.statements(node);
        else if (node.type !== "comment") this.unknown(node);
      }
    } catch (signal) {
      if (signal instanceof Exit) return signal.code;
      throw signal;
    }
    return 0;
  }

  unknown(node) {
    throw new Error(`${node.type} in line ${node.row + 1} is not understood: ${node.text.slice(0, 80)}`);
  }

  statements(node) {
    const output = [];
    for (const statement of children(node)) output.push(...this.statement(statement));
    return output;
  }

  statement(node) {
    switch (node.type) {
      case "comment": case "empty_statement": case ";": return [];
      case "pipeline": return this.pipeline(node);
      case "function_statement": {
        const name = first(node, "function_name").text;
        this.functions.set(name.toLowerCase(), { name, body: first(node, "script_block") });
        return [];
      }
      case "if_statement": {
        if (truth(single(this.pipeline(node.childForFieldName("condition"))))) return this.block(first(node, "statement_block"));
        for (const clause of children(first(node, "elseif_clauses"))) {
          if (truth(single(this.pipeline(clause.childForFieldName("condition"))))) return this.block(first(clause, "statement_block"));
        }
        const otherwise = first(node, "else_clause");
        return otherwise ? this.block(first(otherwise, "statement_block")) : [];
      }
      case "foreach_statement": {
        const output = [];
        for (const element of list(single(this.pipeline(first(node, "pipeline"))))) {
          this.set(first(node, "variable").text.slice(1), element);
          try {
            output.push(...this.block(first(node, "statement_block")));
          } catch (signal) {
            if (!(signal instanceof Continue)) throw signal;
          }
        }
        return output;
      }
      case "while_statement": {
        const output = [];
        while (truth(single(this.pipeline(first(first(node, "while_condition"), "pipeline"))))) output.push(...this.block(first(node, "statement_block")));
        return output;
      }
      case "try_statement": return this.try(node);
      case "flow_control_statement": {
        const value = () => {
          const pipeline = first(node, "pipeline");
          return pipeline ? this.pipeline(pipeline) : [];
        };
        switch (node.child(0).type.toLowerCase()) {
          case "return": throw new Return(value());
          case "throw": {
            const thrown = value();
            if (thrown.length === 0 && this.get("_") instanceof Failure) throw this.get("_");
            throw new Failure(single(thrown));
          }
          case "exit": throw new Exit(single(value()));
          case "continue": throw new Continue();
        }
        return this.unknown(node);
      }
      default: return this.unknown(node);
    }
  }

  block(node) {
    const statements = first(node, "statement_list");
    return statements ? this.statements(statements) : [];
  }

  try(node) {
    const last = first(node, "finally_clause");
    try {
      return this.block(first(node, "statement_block"));
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      for (const clause of children(first(node, "catch_clauses"))) {
        const types = first(clause, "catch_type_list");
        if (types && !children(types).some((type) => type.text.slice(1, -1).toLowerCase() === failure.type.toLowerCase())) continue;
        this.set("_", failure);
        return this.block(first(clause, "statement_block"));
      }
      throw failure;
    } finally {
      if (last) this.block(first(last, "statement_block"));
    }
  }

  pipeline(node) {
    const assignment = first(node, "assignment_expression");
    if (assignment) {
      this.assign(assignment);
      return [];
    }
    const chains = children(node);
    if (chains.length !== 1 || chains[0].type !== "pipeline_chain") this.unknown(node);
    let output = null;
    for (const part of children(chains[0])) {
      output = part.type === "command" ? this.command(part, output) : list(this.expression(part));
    }
    return output;
  }

  assign(node) {
    const [left, operator, right] = [first(node, "left_assignment_expression"), first(node, "assignement_operator").text, node.childForFieldName("value")];
    let value = single(this.statement(right));
    // @(...) stays a list, also with one element.
    if (isArray(right)) value = list(value);
    const target = innermost(left.child(0));
    if (target.type === "variable") {
      const name = target.text.slice(1);
      if (name.toLowerCase() === "null") return;
      if (operator === "+=") value = [...list(this.get(name)), ...list(value)];
      else if (operator !== "=") this.unknown(node);
      this.set(name, value);
      return;
    }
    if (operator !== "=") this.unknown(node);
    if (target.type === "element_access") {
      const [of, key] = operands(target);
      const table = this.value(of);
      if (!(table instanceof Table)) throw new Error(`${of.text} is no hash table`);
      table.set(this.expression(key), value);
    } else if (target.type === "member_access") {
      const table = this.value(target.child(0));
      if (table instanceof Table) table.set(first(target, "member_name").text, value);
      else table[first(target, "member_name").text] = value;
    } else this.unknown(node);
  }

  // expression returns the value of an expression of any level.
  expression(node) {
    if (node.isLevel) {
      if (node.childCount === 1) return this.expression(node.child(0));
      if (node.childCount !== 3) this.unknown(node);
      return this.operate(node);
    }
    switch (node.type) {
      case "array_literal_expression": {
        const elements = children(node).filter((child) => child.type !== ",");
        return elements.length === 1 ? this.expression(elements[0]) : elements.map((element) => this.expression(element));
      }
      case "unary_expression": return this.expression(node.child(0));
      case "expression_with_unary_operator": {
        const inner = node.child(0);
        if (inner.type === "cast_expression") return this.cast(inner);
        if (inner.type.toLowerCase() === "-not" || inner.type === "!") return !truth(this.expression(node.child(1)));
        return this.unknown(node);
      }
      default: return this.value(node);
    }
  }

  operate(node) {
    const operator = node.child(1).text.toLowerCase();
    const left = this.expression(node.child(0));
    if (operator === "-and") return truth(left) && truth(this.expression(node.child(2)));
    if (operator === "-or") return truth(left) || truth(this.expression(node.child(2)));
    if (operator === "-is" || operator === "-isnot") {
      const type = node.child(2).text.slice(1, -1).toLowerCase();
      const is = type === "hashtable" ? left instanceof Table : type === "securestring" ? property(left, "secret") !== null : this.unknown(node);
      return operator === "-is" ? is : !is;
    }
    const right = this.expression(node.child(2));
    switch (operator) {
      // A list on the left is filtered; of one element it is compared.
      case "-eq": return Array.isArray(left) ? left.filter((element) => same(element, right)) : same(left, right);
      case "-ne": return Array.isArray(left) ? left.filter((element) => !same(element, right)) : !same(left, right);
      case "-gt": return Number(left) > Number(right);
      case "-ge": return Number(left) >= Number(right);
      case "-contains": return list(left).some((element) => same(element, right));
      case "-notcontains": return !list(left).some((element) => same(element, right));
      case "-join": return list(left).map(text).join(text(right));
      case "-f": return text(left).replace(/\{(\d+)\}/g, (_, n) => text(list(right)[Number(n)]));
      case "+": return typeof left === "number" ? left + Number(right) : Array.isArray(left) ? [...left, ...list(right)] : text(left) + text(right);
      default: return this.unknown(node);
    }
  }

  cast(node) {
    const type = node.child(0).text.slice(1, -1).toLowerCase();
    const value = this.expression(node.child(1));
    if (type === "bool") return truth(value);
    return this.unknown(node);
  }

  value(node) {
    switch (node.type) {
      case "variable": return this.variable(node);
      case "string_literal": return this.string(node.child(0));
      case "integer_literal": return Number(node.text);
      case "parenthesized_expression": return single(this.pipeline(first(node, "pipeline")));
      case "sub_expression": case "array_expression": {
        const statements = first(node, "statement_list");
        const output = statements ? this.statements(statements) : [];
        return node.type === "array_expression" ? output : single(output);
      }
      case "script_block_expression": return new Block(node);
      case "hash_literal_expression": {
        const table = new Table();
        const body = first(node, "hash_literal_body");
        for (const entry of body ? children(body) : []) {
          if (entry.type !== "hash_entry") continue;
          const key = first(entry, "key_expression").child(0);
          table.set(key.type === "simple_name" ? key.text : this.expression(key), single(this.statement(entry.child(2))));
        }
        return table;
      }
      case "type_literal": return { type: node.text.slice(1, -1) };
      case "member_access": {
        const name = this.member(first(node, "member_name"));
        if (node.child(0).type === "type_literal") return this.static(node.child(0), name, null);
        return property(this.value(node.child(0)), name);
      }
      case "element_access": {
        const [of, key] = operands(node);
        const value = this.value(of), index = this.expression(key);
        if (value instanceof Table) return value.get(index);
        if (value !== null && typeof value === "object" && !Array.isArray(value)) return property(value, text(index));
        return list(value)[Number(index)] ?? null;
      }
      case "invokation_expression": return this.invoke(node);
      case "unary_expression": case "array_literal_expression": return this.expression(node);
      default: return node.isLevel ? this.expression(node) : this.unknown(node);
    }
  }

  member(node) { return node.child(0).type === "variable" ? text(this.variable(node.child(0))) : node.text; }

  variable(node) {
    const name = node.text.slice(1).toLowerCase();
    if (name.startsWith("env:")) return this.environment[node.text.slice(5).toUpperCase()] ?? null;
    if (name === "true") return true;
    if (name === "false") return false;
    if (name === "null") return null;
    return this.get(name);
  }

  static(type, name, args) {
    const known = this.types[`${type.text.slice(1, -1)}::${name}`];
    if (!known) throw new Error(`there is no stand-in for ${type.text}::${name}`);
    return known(...(args ?? []));
  }

  invoke(node) {
    const args = [];
    const argumentList = first(node, "argument_list");
    const inner = argumentList && first(argumentList, "argument_expression_list");
    for (const argument of inner ? children(inner) : []) if (argument.type !== ",") args.push(this.expression(argument.child(0)));
    const name = this.member(first(node, "member_name"));
    if (node.child(0).type === "type_literal") return this.static(node.child(0), name, args);
    const on = this.value(node.child(0));
    if (typeof on === "string") {
      if (name === "TrimStart") return on.replace(new RegExp("^[" + args[0].replace(/[\\\]^-]/g, "\\$&") + "]+"), "");
      if (name === "TrimEnd") return on.replace(new RegExp("[" + args[0].replace(/[\\\]^-]/g, "\\$&") + "]+$"), "");
      return this.unknown(node);
    }
    if (on instanceof List && name === "Add") {
      on.items.push(args[0]);
      return on.items.length - 1;
    }
    const method = property(on, name);
    if (typeof method !== "function") throw new Error(`there is no stand-in for ${node.text.slice(0, 80)}`);
    return method(...args);
  }

  string(node) {
    if (node.type === "verbatim_string_characters") return node.text.slice(1, -1).replaceAll("''", "'");
    if (node.type !== "expandable_string_literal") return this.unknown(node);
    let result = "", at = node.startIndex + 1;
    const source = node.text, start = node.startIndex;
    const literal = (from, to) => source.slice(from - start, to - start).replaceAll('""', '"');
    for (const child of children(node)) {
      if (child.type !== "variable" && child.type !== "sub_expression") continue;
      result += literal(at, child.startIndex) + text(this.value(child));
      at = child.endIndex;
    }
    return result + literal(at, node.endIndex - 1);
  }

  // call runs a script block, with $_ where there is an input.
  call(block, { input, parameters = new Map(), positional = [] } = {}) {
    return this.within(() => {
      if (input !== undefined) this.set("_", input);
      return this.body(block.node, parameters, positional, "a script block");
    });
  }

  within(run) {
    const outer = this.scope;
    this.scope = new Scope(outer);
    try {
      return run();
    } catch (signal) {
      if (signal instanceof Return) return signal.output;
      throw signal;
    } finally {
      this.scope = outer;
    }
  }

  // body runs what is between the braces of a function or a script block.
  body(node, parameters, positional, name) {
    const output = [];
    let bound = false;
    const visit = (part) => {
      for (const child of children(part)) {
        switch (child.type) {
          case "param_block":
            this.bind(child, parameters, positional, name);
            bound = true;
            break;
          case "script_block": case "script_block_body": visit(child); break;
          case "statement_list": output.push(...this.statements(child)); break;
          case "{": case "}": case ";": case "comment": break;
          default: this.unknown(child);
        }
      }
    };
    visit(node);
    if (!bound && (parameters.size > 0 || positional.length > 0)) throw new Failure(`${name} has no parameters`);
    return output;
  }

  bind(block, given, positional, name) {
    const left = new Map(given);
    const rest = [...positional];
    for (const parameter of children(first(block, "parameter_list"))) {
      if (parameter.type !== "script_parameter") continue;
      const own = first(parameter, "variable").text.slice(1);
      const type = children(first(parameter, "attribute_list")).map((attribute) => attribute.text.toLowerCase()).filter((attribute) => !attribute.includes("(")).at(-1) ?? "";
      let value = null;
      if (left.has(own.toLowerCase())) {
        value = left.get(own.toLowerCase());
        left.delete(own.toLowerCase());
      } else if (rest.length > 0 && type !== "[switch]") {
        value = rest.shift();
      } else {
        const byDefault = first(parameter, "script_parameter_default");
        if (byDefault) value = this.expression(byDefault.child(1));
        else if (type === "[switch]") value = false;
        else if (type === "[string]") value = "";
        else if (type === "[int]") value = 0;
        else if (type === "[bool]") value = false;
      }
      if (type === "[string]") value = text(value);
      if (type === "[int]") value = Number(value);
      if (type === "[string[]]") value = value === null ? null : list(value).map(text);
      if (type === "[switch]") value = { switch: truth(value), IsPresent: truth(value) };
      if (type === "[scriptblock]" && value !== null && !(value instanceof Block)) throw new Failure(`${own} of ${name} is no script block`);
      this.validate(parameter, own, value);
      this.set(own, type === "[switch]" ? value.switch ? Object.assign(new Boolean(true), { IsPresent: true }) : false : value);
    }
    if (left.size > 0) throw new Failure(`${name} has no parameter ${[...left.keys()].join(", ")}`);
    if (rest.length > 0) throw new Failure(`${name} is given too much: ${rest.map(text).join(", ")}`);
  }

  validate(parameter, name, value) {
    for (const attribute of children(first(parameter, "attribute_list"))) {
      const pattern = /^\[ValidatePattern\('(.*)'\)\]$/.exec(attribute.text);
      if (pattern && text(value) !== "" && !new RegExp(pattern[1].replaceAll("\\z", "$"), "i").test(text(value))) {
        throw new Failure(`${name} is ${text(value)}, which does not match ${pattern[1]}`);
      }
      const set = /^\[ValidateSet\((.*)\)\]$/s.exec(attribute.text);
      if (!set) continue;
      const allowed = set[1].split(",").map((word) => word.trim().slice(1, -1));
      for (const one of list(value)) if (!allowed.some((word) => same(word, one))) throw new Failure(`${name} is ${text(one)}, which is not one of ${allowed.join(", ")}`);
    }
  }

  command(node, input) {
    const operator = first(node, "command_invokation_operator");
    const nameNode = node.childForFieldName("command_name");
    const { parameters, positional } = this.elements(node.childForFieldName("command_elements"));
    if (operator) {
      if (operator.text !== "&") this.unknown(node);
      const block = this.variableOrBlock(nameNode);
      if (!(block instanceof Block)) throw new Error(`${nameNode.text} is no script block`);
      return this.call(block, { parameters, positional });
    }
    const name = nameNode.text.toLowerCase();
    const own = this.functions.get(name);
    if (own) return this.within(() => this.body(own.body, without(parameters), positional, own.name));
    const standIn = this.standIns[name];
    if (!standIn) throw new Error(`there is no stand-in for ${nameNode.text} (line ${node.row + 1})`);
    const output = standIn({ name: nameNode.text, parameters: named(parameters), positional, input, interpreter: this });
    return output instanceof List ? [output] : list(output);
  }

  variableOrBlock(node) {
    const text = node.text;
    if (text.startsWith("$")) return this.get(text.slice(1));
    return this.unknown(node);
  }

  elements(node) {
    const parameters = new Map(), positional = [];
    let name = null;
    const parts = node ? children(node) : [];
    const give = (value) => {
      if (name === null) positional.push(value);
      else parameters.set(name.toLowerCase(), Object.assign([value], { spelling: name }));
      name = null;
    };
    const close = () => { if (name !== null) give(true); };
    for (const part of parts) {
      switch (part.type) {
        case "command_argument_sep": break;
        case "command_parameter":
          close();
          name = part.text.slice(1);
          break;
        case "generic_token": give(part.text); break;
        case "comment": break;
        case "array_literal_expression": {
          const inner = innermost(part);
          if (inner.type === "variable" && inner.text.startsWith("@")) {
            for (const [key, value] of this.get(inner.text.slice(1)).entries.values()) parameters.set(key.toLowerCase(), Object.assign([value], { spelling: key }));
            break;
          }
          give(this.expression(part));
          break;
        }
        default: give(this.value(part));
      }
    }
    close();
    return { parameters: unboxed(parameters), positional };
  }
}

// What a function of the script is given without having it as a parameter.
const common = ["erroraction", "verbose", "whatif", "confirm"];

function without(parameters) {
  const own = new Map(parameters);
  for (const name of common) own.delete(name);
  return own;
}

const spellings = new WeakMap();

function unboxed(parameters) {
  const result = new Map();
  const names = new Map();
  for (const [name, boxed] of parameters) {
    result.set(name, boxed[0]);
    names.set(name, boxed.spelling);
  }
  spellings.set(result, names);
  return result;
}

// named are the parameters of a stand-in, by their names as they are written.
function named(parameters) {
  const object = {};
  for (const [name, value] of parameters) object[spellings.get(parameters).get(name)] = value;
  return object;
}

function children(node) {
  if (!node) return [];
  return (node.own ??= node.children.filter((child) => child.isNamed || child.type === ";" || child.type === ","));
}

function first(node, type) {
  return node?.children.find((child) => child.type === type) ?? null;
}

// innermost is the node below those that hold nothing but one other.
function innermost(node) {
  while (node.childCount === 1 && (node.isLevel || ["unary_expression", "array_literal_expression"].includes(node.type))) node = node.child(0);
  return node;
}

function isArray(statement) {
  const chain = first(statement, "pipeline_chain");
  return chain !== null && chain.childCount === 1 && innermost(chain.child(0)).type === "array_expression";
}

function operands(node) {
  return node.children.filter((child) => child.isNamed);
}
