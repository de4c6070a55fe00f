import { expect } from 'chai';
import { codeOfFile } from '../../src/source/file-code.js';

const same: [string, string, string, string][] = [
  [
    'a comment and an indentation',
    'a.cpp',
    'int f() {\n  return 1; // one\n}\n',
    'int f() {\n\treturn 1;\n}',
  ],
  [
    'a block comment over two lines',
    'a.h',
    'int f();\n/* of\n   old */\nint g();\n',
    'int f();\n\nint g();\n',
  ],
  ['a line that is broken', 'a.cpp', 'int f() { return 1; }', 'int f() {\n  return 1;\n}'],
  ['line ends of another system', 'a.mm', 'int f();\r\nint g();\r\n', 'int f();\nint g();\n'],
  ['a comment in Python', 'a.py', 'if x:\n    y()  # so\n\n', 'if x:\n    y()\n'],
  ['the layout of JSON', 'tests.json', '{"b": 1, "a": [2]}', '{\n  "a": [2],\n  "b": 1\n}\n'],
  ['words for people', 'README.md', 'old', 'new'],
];
const other: [string, string, string, string][] = [
  ['blanks in a string', 'a.cpp', 'f("a  b");', 'f("a b");'],
  ['a comment sign in a string', 'a.cpp', 'f("// a");', 'f("// b");'],
  ['the end of a directive', 'a.h', '#define A 1\nint x;', '#define A 1 int x;'],
  ['the end of a directive behind a string', 'a.h', '#define A "s"\nint x;', '#define A "s" int x;'],
  ['the end of a line in Go', 'a.go', 'return\nx()', 'return x()'],
  ['an indentation in Python', 'a.py', 'if x:\n    y()\nz()', 'if x:\n    y()\n    z()'],
  ['a value in JSON', 'a.json', '{"a": 1}', '{"a": 2}'],
  ['JSON that is none', 'a.json', '{', '{ '],
  ['a file that nothing here reads', 'CMakeLists.txt', '# a', '# b'],
];

describe('what a native file says', () => {
  for (const [what, path, was, is] of same)
    it(`${what} is no part of it`, () => {
      expect(codeOfFile(path, is)).to.equal(codeOfFile(path, was));
    });
  for (const [what, path, was, is] of other)
    it(`${what} is a part of it`, () => {
      expect(codeOfFile(path, is)).to.not.equal(codeOfFile(path, was));
    });
});
