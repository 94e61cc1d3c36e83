/**
 * Lets prettier format AssemblyScript, which is TypeScript but for `@inline` before functions: TypeScript's grammar has decorators
 * on classes alone. The parser is given a comment in its place, and the printer writes the decorator again.
 */
import * as estree from 'prettier/plugins/estree';
import { parsers as typescriptParsers } from 'prettier/plugins/typescript';

const { typescript } = typescriptParsers;
const { estree: printer } = estree.printers;

export const parsers = {
  assemblyscript: {
    ...typescript,
    astFormat: 'assemblyscript',
    preprocess: (text) => text.replaceAll(/^@inline$/gm, '//@inline'),
  },
};

export const printers = {
  assemblyscript: {
    ...printer,
    printComment: (path, options) => (path.node.value === '@inline' ? '@inline' : printer.printComment(path, options)),
  },
};
