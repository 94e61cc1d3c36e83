import { say, word } from '../core/language/say';

/** Names of candidates in the interface, in English. */
const names: Readonly<Record<string, string>> = {
  conv3x3: word('3×3 convolution'),
  conv5x5: word('5×5 convolution'),
  dsconv3x3: word('separable 3×3'),
  identity: word('skip (identity)'),
};

/** The English name, for columns of files, and to be said where it is shown. */
export function candidateLabel(id: string): string {
  return names[id] ?? id;
}

export function candidateName(id: string): string {
  return say(candidateLabel(id));
}

/** Short names for narrow boxes. */
const shortNames: Readonly<Record<string, string>> = {
  ...names,
  conv3x3: word('3×3 conv.'),
  conv5x5: word('5×5 conv.'),
  dsconv3x3: word('separable'),
  identity: word('skip'),
};

export function shortCandidateName(id: string): string {
  return say(shortNames[id] ?? id);
}
