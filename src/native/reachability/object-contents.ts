/**
 * Finds everything that is written into one variable, by following its address forwards: through members, other
 * variables, parameters and results. Contract: where the address gets out of sight, that is an `unknown` write.
 */
import type { Call, Instruction } from './ir-instructions.js';
import { baseOf, NOTHING, type Operand } from './ir-operands.js';
import { effectOf } from './known-functions.js';
import { keyOf, type MemoryObject, type MemoryPlace, type Values } from './memory.js';
import { BEGINNING, joinPaths, mayBeSame, pathKey, pathWithin, type Path } from './paths.js';
import { operandsOf, plainName, type Definition, type Program } from './program.js';

/** `size`: bytes that are written, where more than one value is and their number is known. */
export type Write =
  | { kind: 'value'; path: Path; scope: Definition; value: Operand; whole: boolean; size?: number }
  | { kind: 'copy'; path: Path; scope: Definition; from: Operand; size?: number }
  | { kind: 'unknown'; path: Path; reason: string };

export interface Contents {
  writes: Write[];
  /** Registers that were loaded from it, with the path they were loaded from; `whole` with several values at once. */
  loads: { scope: Definition; register: string; path: Path; whole: boolean; size?: number }[];
  /** Bytes that were copied out of it. */
  copies: { scope: Definition; to: Operand; path: Path; size?: number }[];
}

export interface Watcher {
  watch: (object: MemoryObject) => Contents;
}

/** Arithmetic that makes another address of one, and that which makes a size of it. */
const offsets = ['add', 'sub', 'and', 'or'];
const sizes = ['sdiv', 'udiv', 'srem', 'urem', 'mul', 'shl', 'lshr', 'ashr'];

/** A register or a symbol that holds the address, `path` away from the start of the object. */
interface Holder {
  scope: Definition;
  operand: Operand & { kind: 'local' | 'global' };
  path: Path;
}

export function makeWatcher(
  program: Program,
  valuesOf: (scope: Definition, operand: Operand) => Values,
): Watcher {
  const known = new Map<string, Contents>();
  /** Those that are being looked at, the outermost first. */
  const open: string[] = [];
  const users = indexSymbolUsers(program);

  const watch = (object: MemoryObject): Contents => {
    const key = keyOf(object);
    const before = known.get(key);
    if (before !== undefined) {
      // What hangs together in a circle would be known in part only.
      const circle = open.includes(key) ? open.slice(open.indexOf(key)) : [];
      for (const one of circle)
        known.get(one)?.writes.push(unknownWrite('what is written through a pointer in itself'));
      return before;
    }
    const contents: Contents = { writes: [], loads: [], copies: [] };
    known.set(key, contents);
    open.push(key);
    const isConstant = object.kind === 'global' && object.variable.global.constant;
    const queue: Holder[] = [];
    const seen = new Set<string>();
    const push = (holder: Holder): void => {
      const { scope, operand, path } = holder;
      const id = `${scope.module.file} ${scope.body.name} ${operand.kind} ${operand.name} ${pathKey(path)}`;
      if (seen.has(id)) return;
      seen.add(id);
      queue.push(holder);
    };
    startOf(object, program, users).forEach(push);
    if (object.kind === 'global' && !isConstant && isNamedInConstants(object, program)) {
      contents.writes.push(unknownWrite('what is written through a pointer in another variable'));
    }
    for (let holder = queue.shift(); holder !== undefined; holder = queue.shift()) {
      for (const instruction of holder.scope.body.instructions) {
        visit(instruction, holder, contents, isConstant, push);
      }
    }
    open.pop();
    return contents;
  };

  const visit = (
    instruction: Instruction,
    holder: Holder,
    contents: Contents,
    isConstant: boolean,
    push: (holder: Holder) => void,
  ): void => {
    const { scope } = holder;
    /** The path an operand leads to in the object; undefined: it is not an address of it. */
    const pathOf = (operand: Operand): Path | undefined => {
      const { base, path } = baseOf(operand);
      if (base.kind !== holder.operand.kind || base.name !== holder.operand.name) return undefined;
      return joinPaths(holder.path, path);
    };
    const handOn = (register: string | undefined, path: Path): void => {
      if (register !== undefined) push({ scope, operand: { kind: 'local', name: register }, path });
    };
    switch (instruction.op) {
      case 'load': {
        const path = pathOf(instruction.address);
        if (path !== undefined && instruction.result !== undefined) {
          const { whole, size } = instruction;
          contents.loads.push({ scope, register: instruction.result, path, whole, ...extent(size) });
        }
        return;
      }
      case 'store': {
        const { value, address, whole, size } = instruction;
        const path = pathOf(address);
        if (path !== undefined)
          contents.writes.push({ kind: 'value', path, scope, value, whole, ...extent(size) });
        const stored = pathOf(value);
        if (stored === undefined) return;
        if (whole) contents.writes.push(unknownWrite('what is written through a struct in registers'));
        else followStored({ scope, operand: address }, stored, contents, push);
        return;
      }
      case 'pass':
        for (const value of instruction.values) {
          const path = pathOf(value);
          if (path !== undefined) handOn(instruction.result, path);
        }
        return;
      case 'call':
        instruction.args.forEach((argument, i) => {
          const path = pathOf(argument);
          if (path !== undefined) followArgument(scope, instruction, i, path, contents, isConstant, push);
        });
        return;
      case 'return': {
        const path = pathOf(instruction.value);
        if (path === undefined) return;
        if (program.isAddressTaken(scope))
          contents.writes.push(
            unknownWrite('what is written through the result of a call through a pointer'),
          );
        for (const { caller, call } of program.callersOf(scope)) {
          if (call.result === undefined) continue;
          push({ scope: caller, operand: { kind: 'local', name: call.result }, path });
        }
        return;
      }
      case 'other': {
        const isUsed = instruction.values.some((value) => pathOf(value) !== undefined);
        if (!isUsed || isConstant || sizes.includes(instruction.name)) return;
        if (offsets.includes(instruction.name)) handOn(instruction.result, 'anywhere');
        else contents.writes.push(unknownWrite(`what ${instruction.name} makes of its address`));
        return;
      }
      case 'allocate':
        return;
    }
  };

  /** The address was stored in a variable: whoever loads it from there has it, too, and from what that is copied to. */
  const followStored = (
    to: { scope: Definition; operand: Operand },
    path: Path,
    contents: Contents,
    push: (holder: Holder) => void,
  ): void => {
    const queue: MemoryPlace[] = [];
    const seen = new Set<string>();
    const goTo = (scope: Definition, operand: Operand, further: Path): void => {
      const targets = valuesOf(scope, operand);
      for (const reason of targets.unknown)
        contents.writes.push(unknownWrite(`what is written through ${reason}`));
      for (const place of targets.places) {
        const next = { object: place.object, path: joinPaths(place.path, further) };
        const id = `${keyOf(next.object)} ${pathKey(next.path)}`;
        if (!seen.has(id)) queue.push(next);
        seen.add(id);
      }
    };
    goTo(to.scope, to.operand, BEGINNING);
    for (let target = queue.shift(); target !== undefined; target = queue.shift()) {
      const { loads, copies } = watch(target.object);
      for (const { whole, size = Infinity, ...load } of loads) {
        const isIn = whole
          ? pathWithin(target.path, load.path, size) !== undefined
          : mayBeSame(load.path, target.path);
        if (isIn) push({ scope: load.scope, operand: { kind: 'local', name: load.register }, path });
      }
      for (const { size = Infinity, ...copy } of copies) {
        const rest = pathWithin(target.path, copy.path, size);
        if (rest !== undefined) goTo(copy.scope, copy.to, rest);
      }
    }
  };

  const followArgument = (
    scope: Definition,
    call: Call,
    at: number,
    path: Path,
    contents: Contents,
    isConstant: boolean,
    push: (holder: Holder) => void,
  ): void => {
    if (call.callee.kind !== 'symbol') {
      if (!isConstant) contents.writes.push(unknownWrite('what a call through a pointer writes'));
      return;
    }
    const targets = program.targetsOf(scope.module, call.callee.name);
    for (const target of targets) {
      const parameter = target.body.parameters[at];
      if (parameter === undefined)
        contents.writes.push(unknownWrite('what a function with variable arguments writes'));
      else push({ scope: target, operand: { kind: 'local', name: parameter }, path });
    }
    if (targets.length > 0) return;
    const name = plainName(call.callee.name);
    const effect = effectOf(name);
    if (effect === 'returns it' && at === 0 && call.result !== undefined) {
      push({ scope, operand: { kind: 'local', name: call.result }, path });
    }
    const [to, from, amount] = call.args;
    const size = extent(amount?.kind === 'number' ? amount.number : undefined);
    if (effect === 'copies' && at === 0 && from !== undefined) {
      contents.writes.push({ kind: 'copy', path, scope, from, ...size });
    }
    if (effect === 'copies' && at === 1 && to !== undefined) {
      contents.copies.push({ scope, to, path, ...size });
    }
    if (effect === 'clears' && at === 0) {
      contents.writes.push({ kind: 'value', path, scope, value: NOTHING, whole: true });
    }
    if (effect === 'reports the previous handler' && at === 2) {
      contents.writes.push({ kind: 'unknown', path, reason: 'the handler that was installed before' });
    }
    if (effect === 'unknown' && !isConstant) {
      contents.writes.push({ kind: 'unknown', path, reason: `what \`${name}\` writes` });
    }
  };

  return { watch };
}

const unknownWrite = (reason: string): Write => ({ kind: 'unknown', path: 'anywhere', reason });
const extent = (size: number | undefined): { size?: number } => (size === undefined ? {} : { size });

/** Functions that name a global variable, by the variable's name. */
function indexSymbolUsers(program: Program): Map<string, Set<Definition>> {
  const users = new Map<string, Set<Definition>>();
  for (const definition of program.definitions) {
    for (const instruction of definition.body.instructions) {
      for (const { base } of operandsOf(instruction).map(baseOf)) {
        if (base.kind !== 'global') continue;
        users.set(base.name, (users.get(base.name) ?? new Set()).add(definition));
      }
    }
  }
  return users;
}

function startOf(
  object: MemoryObject,
  program: Program,
  users: ReadonlyMap<string, ReadonlySet<Definition>>,
): Holder[] {
  if (object.kind === 'local') {
    return [{ scope: object.definition, operand: { kind: 'local', name: object.name }, path: BEGINNING }];
  }
  const { name } = object.variable.global;
  return [...(users.get(name) ?? [])]
    .filter(({ module }) => means(program, module, object))
    .map((scope) => ({ scope, operand: { kind: 'global', name }, path: BEGINNING }));
}

type GlobalObject = MemoryObject & { kind: 'global' };

/** Whether the variable's name means this variable in a module: another may have one of its own with that name. */
function means(program: Program, module: Definition['module'], { variable }: GlobalObject): boolean {
  const meaning = program.look(module, variable.global.name);
  return meaning.kind === 'variables' && meaning.variables.some((v) => v.global === variable.global);
}

function isNamedInConstants(object: GlobalObject, program: Program): boolean {
  const { name } = object.variable.global;
  const names = (operand: Operand): boolean => {
    if (operand.kind === 'aggregate') return operand.parts.some(({ value }) => names(value));
    const { base } = baseOf(operand);
    return base.kind === 'global' && base.name === name;
  };
  return program.modules.some((module) =>
    [...module.globals.values()].some(
      (g) => g.value !== undefined && names(g.value) && means(program, module, object),
    ),
  );
}
