/** Whether a constant's value became smaller: fewer elements of a set, a smaller number. Pure. */

export type Size = 'same' | 'larger' | 'smaller' | 'unclear';

/** How the value `is` stands to `was`, both as the configuration spells them. */
export function compareValues(was: string, is: string): Size {
  if (was === is) return 'same';
  const [a, b] = [sizeOf(was), sizeOf(is)];
  if (a === undefined || b === undefined || a.kind !== b.kind) return 'unclear';
  if (a.kind === 'number') return b.size > a.size ? 'larger' : a.size > b.size ? 'smaller' : 'same';
  if (a.size > b.size) return 'smaller';
  // An element that is gone was looked at before, however many others came for it.
  const isCovered = isRenamed(a.elements, b.elements) || a.elements.every((e) => b.elements.includes(e));
  if (!isCovered) return 'unclear';
  return b.size > a.size ? 'larger' : 'same';
}

interface Sized {
  kind: 'number' | 'set';
  size: number;
  elements: string[];
}

function sizeOf(value: string): Sized | undefined {
  const text = value.trim();
  if (/^-?\d+$/.test(text)) return { kind: 'number', size: Number(text), elements: [] };
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  const elements = splitElements(text.slice(1, -1));
  const distinct = [...new Set(elements)];
  return { kind: 'set', size: distinct.length, elements: distinct };
}

/** Sets of as many plain model values differ in nothing but names, as far as bounds go. */
function isRenamed(was: string[], is: string[]): boolean {
  return [...was, ...is].every(
    (element) => /^[A-Za-z_]\w*$/.test(element) && !/^(TRUE|FALSE)$/.test(element),
  );
}

/** Elements at the top level of a set's text. */
function splitElements(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let current = '';
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '"' && text[i - 1] !== '\\') inString = !inString;
    if (!inString && /[{[(<]/.test(char)) depth += 1;
    if (!inString && /[}\])>]/.test(char)) depth -= 1;
    if (char === ',' && depth === 0 && !inString) {
      elements.push(current.trim());
      current = '';
    } else current += char;
  }
  if (current.trim() !== '') elements.push(current.trim());
  return elements;
}
