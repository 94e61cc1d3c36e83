/** The page's styles: every rule has a user, every class has a rule, and sizes and colours come from the theme. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ui = resolve(import.meta.dirname, '../src/ui');
const THEME = 'styles/theme.css';
/** Classes of elements that recharts renders. */
const OF_LIBRARIES = /^recharts-/;

const sources = readdirSync(ui, { recursive: true, encoding: 'utf8' }).map((name) => ({
  name: name.replaceAll('\\', '/'),
  read: () => readFileSync(join(ui, name), 'utf8'),
}));
const scripts = sources.filter(({ name }) => /\.tsx?$/.test(name)).map(({ name, read }) => ({ name, text: read() }));
const styles = sources
  .filter(({ name }) => name.endsWith('.css'))
  .map(({ name, read }) => ({ name, text: read().replace(/\/\*.*?\*\//gs, '') }));

const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name as string);

/** The texts that an expression of class names may produce; texts that it only compares with do not count. */
function textsOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [...textsOf(expression), literal.text])];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return [...textsOf(node.left), ...textsOf(node.right)];
  if (ts.isJsxExpression(node)) return node.expression ? textsOf(node.expression) : [];
  if (ts.isIdentifier(node)) return [];
  throw new Error(`This test cannot read the class names in "${node.getText()}": teach it, or write them as texts.`);
}

function classNamesOf({ name, text }: { readonly name: string; readonly text: string }): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'className' && node.initializer) {
      names.push(...textsOf(node.initializer).flatMap((texts) => texts.split(/\s+/).filter((word) => word !== '')));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return names;
}

const used = sorted(scripts.flatMap(classNamesOf));
const selectors = styles.flatMap(({ text }) => found(text, /([^{};]+)\{/g).filter((selector) => !selector.trim().startsWith('@')));
const ruled = sorted(selectors.flatMap((selector) => found(selector, /\.([a-z][\w-]*)/gi))).filter((name) => !OF_LIBRARIES.test(name));

describe('classes', () => {
  test('each class of the page has a rule, and each class of a rule is on the page', () => {
    expect(used.length).toBeGreaterThan(30);
    expect(used).toEqual(ruled);
  });

  test('each element of a rule is on the page', () => {
    const tags = sorted(selectors.flatMap((selector) => found(selector.replace(/\[.*?\]/g, ''), /(?:^|[\s>+~,(])([a-z][a-z0-9]*)/g)));
    const rendered = scripts.map(({ text }) => text).join('\n');
    const absent = tags.filter((tag) => tag !== 'body' && !new RegExp(`<${tag}[\\s>]`).test(rendered));
    expect(tags.length).toBeGreaterThan(20);
    expect(absent).toEqual([]);
  });
});

describe('the theme', () => {
  const all = [...styles, ...scripts].map(({ text }) => text).join('\n');

  test('each property is used, and each that is used is there', () => {
    const theme = styles.find(({ name }) => name === THEME)?.text ?? '';
    expect(sorted(found(all, /var\((--[\w-]+)\)/g))).toEqual(sorted(found(theme, /(--[\w-]+):/g)));
  });

  const others = styles.filter(({ name }) => name !== THEME);
  const declarations = others.flatMap(({ name, text }) =>
    [...text.matchAll(/([\w-]+):\s*([^;{}]+);/g)].map(([, property, value]) => ({ name, property, value }) as Record<string, string>),
  );

  test('gives all spaces, radii and sizes of text', () => {
    const scaled = /^(padding|margin|gap|border-radius|font-size|inset|outline-offset)/;
    const allowed = /^(0|auto|inherit|1px|\d+(%|vh)|var\(--[\w-]+\)|calc|[-+*/])$/;
    const own = declarations.filter(
      ({ property, value }) =>
        scaled.test(property as string) &&
        !(value as string)
          .split(/\s+|calc\(|(?<=\))\)|(?<=px)\)/)
          .filter((part) => part !== '')
          .every((part) => allowed.test(part)),
    );
    expect(declarations.length).toBeGreaterThan(150);
    expect(own).toEqual([]);
  });

  test('gives all colours but those of the system', () => {
    const system = new Set(['Canvas', 'CanvasText', 'LinkText', 'GrayText', 'Highlight', 'transparent', 'inherit', 'none']);
    const plain = declarations.filter(({ property, value }) => {
      if (!/^(color|background|border-color|fill|stroke|accent-color)$/.test(property as string)) return false;
      const colour = (value as string).replace('!important', '').trim();
      return !system.has(colour) && !/^var\(--[\w-]+\)$/.test(colour);
    });
    expect(plain).toEqual([]);
    expect(others.filter(({ text }) => /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
