/** How many columns of a terminal a text takes. Pure. */
import stringWidth from 'string-width';

/** Printable ASCII, and the marks of our own screens. */
const PLAIN = /^[\x20-\x7e·–…]*$/;

/** Columns of one line without escapes; only what is not plain needs the tables of the library, which take long to load. */
export const textWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));
