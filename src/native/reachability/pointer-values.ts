/**
 * Says which functions a value may be, without running anything: it follows registers, variables, fields, parameters
 * and results through all files, in any order of execution. Contract: what it cannot follow is in `unknown`, in words, with symbols in
 * backquotes;
 * an empty `unknown` means that the functions are all that these files can put there.
 */
import type { Instruction } from './ir-instructions.js';
import { baseOf, type Operand, type Part } from './ir-operands.js';
import { effectOf } from './known-functions.js';
import { noValues, type MemoryPlace, type Values } from './memory.js';
import { makeWatcher } from './object-contents.js';
import { BEGINNING, joinPaths, mayBeSame, pathKey, pathWithin, type Path } from './paths.js';
import { plainName, type Definition, type Program, type Variable } from './program.js';

export interface Resolver {
  /** What an operand of a function may be. */
  valuesOf: (scope: Definition, operand: Operand) => Values;
  /** What the pointer-sized value at a place may be. */
  contentOf: (place: MemoryPlace) => Values;
}

/** One walk over values: what it has found, and where it has been. */
interface Walk {
  found: Values;
  seen: Set<string>;
}

export function makeResolver(program: Program): Resolver {
  const active = new Set<string>();
  const results = new Map<Definition, Map<string, Instruction>>();
  const startWalk = (): Walk => ({ found: noValues(), seen: new Set() });

  const definedBy = (scope: Definition, register: string): Instruction | undefined => {
    let own = results.get(scope);
    if (own === undefined) {
      own = new Map();
      for (const i of scope.body.instructions) {
        if ('result' in i) own.set(i.result, i);
      }
      results.set(scope, own);
    }
    return own.get(register);
  };

  const valuesOf = (scope: Definition, operand: Operand): Values => {
    const walk = startWalk();
    follow(walk, scope, operand, BEGINNING);
    return walk.found;
  };

  /** `path`: what is still to be added to an address, or the member of a value. */
  const follow = (walk: Walk, scope: Definition, operand: Operand, path: Path): void => {
    switch (operand.kind) {
      case 'nothing':
      case 'number':
        walk.found.constant = true;
        return;
      case 'opaque':
        walk.found.unknown.add('an expression that is not followed');
        return;
      case 'offset':
        follow(walk, scope, operand.base, joinPaths(operand.path, path));
        return;
      case 'aggregate':
        followMember(walk, scope, operand.parts, path, BEGINNING);
        return;
      case 'global':
        followSymbol(walk, scope, operand.name, path);
        return;
      case 'local': {
        const key = `${scope.module.file} ${scope.body.name} ${operand.name} ${pathKey(path)}`;
        if (walk.seen.has(key)) return;
        walk.seen.add(key);
        followRegister(walk, scope, operand.name, path);
      }
    }
  };

  /** The members of a constant at `at`; `path` is what is added to the addresses among them. */
  const followMember = (walk: Walk, scope: Definition, parts: Part[], at: Path, path: Path): void => {
    for (const part of parts) {
      const rest = pathWithin(at, part.at, part.size);
      if (rest === undefined) continue;
      if (part.value.kind !== 'aggregate') follow(walk, scope, part.value, path);
      else followMember(walk, scope, part.value.parts, rest, path);
    }
  };

  const followSymbol = (walk: Walk, scope: Definition, name: string, path: Path): void => {
    const meaning = program.look(scope.module, name);
    switch (meaning.kind) {
      case 'functions':
        for (const definition of meaning.definitions) walk.found.functions.add(definition);
        return;
      case 'variables':
        for (const variable of meaning.variables) {
          walk.found.places.push({ object: { kind: 'global', variable }, path });
        }
        return;
      case 'alias':
        follow(walk, scope, meaning.of, path);
        return;
      case 'outside':
        if (scope.module.declared.has(name)) walk.found.outside.add(name);
        else walk.found.unknown.add(`\`${name}\`, which is defined in none of the files`);
    }
  };

  const followRegister = (walk: Walk, scope: Definition, register: string, path: Path): void => {
    const instruction = definedBy(scope, register);
    if (instruction === undefined) {
      followParameter(walk, scope, register, path);
      return;
    }
    switch (instruction.op) {
      case 'allocate':
        walk.found.places.push({ object: { kind: 'local', definition: scope, name: register }, path });
        return;
      case 'pass':
        for (const value of instruction.values) follow(walk, scope, value, path);
        return;
      case 'load':
        followLoad(walk, scope, instruction.address, path);
        return;
      case 'call':
        followResult(walk, scope, instruction, path);
        return;
      case 'other':
        walk.found.unknown.add(`the result of ${instruction.name}`);
        return;
      case 'store':
      case 'return':
        return;
    }
  };

  const followLoad = (walk: Walk, scope: Definition, address: Operand, path: Path): void => {
    const key = `${scope.module.file} ${scope.body.name} ${JSON.stringify(baseOf(address))}`;
    if (active.has(key)) {
      walk.found.unknown.add('pointers that lead in a circle');
      return;
    }
    active.add(key);
    const pointers = valuesOf(scope, address);
    active.delete(key);
    for (const reason of pointers.unknown) walk.found.unknown.add(reason);
    for (const place of pointers.places) followContent(walk, place, path);
  };

  /** @param path what is added to the address that is read there */
  const followContent = (walk: Walk, place: MemoryPlace, path: Path): void => {
    const contents = watcher.watch(place.object);
    const { object } = place;
    if (object.kind === 'global') followFirstValue(walk, object.variable, place.path, path);
    for (const written of contents.writes) {
      switch (written.kind) {
        case 'value': {
          if (!written.whole && mayBeSame(written.path, place.path)) {
            follow(walk, written.scope, written.value, path);
          } else if (written.whole) {
            const rest = pathWithin(place.path, written.path, written.size ?? Infinity);
            if (rest !== undefined) followWhole(walk, written.scope, written.value, rest, path);
          }
          break;
        }
        case 'copy': {
          const rest = pathWithin(place.path, written.path, written.size ?? Infinity);
          if (rest !== undefined) followCopy(walk, written.scope, written.from, rest, path);
          break;
        }
        case 'unknown':
          if (pathWithin(place.path, written.path) !== undefined) walk.found.unknown.add(written.reason);
      }
    }
  };

  const followFirstValue = (walk: Walk, { module, global }: Variable, at: Path, path: Path): void => {
    if (global.value === undefined) return;
    const scope: Definition = {
      module,
      body: { name: '', internal: true, weak: false, parameters: [], instructions: [] },
    };
    if (global.value.kind === 'aggregate') followMember(walk, scope, global.value.parts, at, path);
    else follow(walk, scope, global.value, path);
  };

  /** A struct that was stored as one value: it was loaded as one, or is a constant. */
  const followWhole = (walk: Walk, scope: Definition, value: Operand, rest: Path, path: Path): void => {
    const from = value.kind === 'local' ? definedBy(scope, value.name) : undefined;
    if (from?.op === 'load') followCopy(walk, scope, from.address, rest, path);
    else if (value.kind === 'aggregate') followMember(walk, scope, value.parts, rest, path);
    else if (value.kind === 'nothing') walk.found.constant = true;
    else walk.found.unknown.add('a struct that is handed on in registers');
  };

  const followCopy = (walk: Walk, scope: Definition, from: Operand, rest: Path, path: Path): void => {
    const key = `copy ${scope.module.file} ${scope.body.name} ${JSON.stringify(from)} ${pathKey(rest)}`;
    if (walk.seen.has(key)) return;
    walk.seen.add(key);
    const source = valuesOf(scope, from);
    for (const reason of source.unknown) walk.found.unknown.add(reason);
    for (const { object, path: at } of source.places) {
      followContent(walk, { object, path: joinPaths(at, rest) }, path);
    }
  };

  const followParameter = (walk: Walk, scope: Definition, register: string, path: Path): void => {
    const at = scope.body.parameters.indexOf(register);
    const callers = program.callersOf(scope);
    if (at === -1 || callers.length === 0) {
      walk.found.unknown.add(`a parameter of \`${scope.body.name}\`, which these files never call`);
      return;
    }
    if (program.isAddressTaken(scope)) {
      walk.found.unknown.add(`a parameter of \`${scope.body.name}\`, which is also called through a pointer`);
    }
    for (const { caller, call } of callers) {
      const argument = call.args[at];
      if (argument === undefined) walk.found.unknown.add('an argument that is not passed');
      else follow(walk, caller, argument, path);
    }
  };

  const followResult = (
    walk: Walk,
    scope: Definition,
    call: Instruction & { op: 'call' },
    path: Path,
  ): void => {
    if (call.callee.kind !== 'symbol') {
      walk.found.unknown.add('the result of a call through a pointer');
      return;
    }
    const targets = program.targetsOf(scope.module, call.callee.name);
    const name = plainName(call.callee.name);
    const [first] = call.args;
    const effect = effectOf(name);
    if (targets.length === 0 && effect === 'returns it' && first !== undefined) {
      follow(walk, scope, first, path);
    } else if (targets.length === 0 && effect === 'allocates' && call.result !== undefined) {
      walk.found.places.push({ object: { kind: 'local', definition: scope, name: call.result }, path });
    } else if (targets.length === 0) walk.found.unknown.add(`the result of \`${name}\``);
    for (const target of targets) {
      for (const i of target.body.instructions) if (i.op === 'return') follow(walk, target, i.value, path);
    }
  };

  const watcher = makeWatcher(program, valuesOf);
  const contentOf = (place: MemoryPlace): Values => {
    const walk = startWalk();
    followContent(walk, place, BEGINNING);
    const { object } = place;
    // A variable that other files can write to, and into which these put nothing, gets its value there.
    if (object.kind === 'global' && !object.variable.global.internal && !object.variable.global.constant) {
      const { functions, outside } = walk.found;
      if (functions.size + outside.size === 0) {
        walk.found.unknown.add(`\`${object.variable.global.name}\`, which none of these files sets`);
      }
    }
    return walk.found;
  };
  return { valuesOf, contentOf };
}
