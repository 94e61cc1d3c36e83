/** Names of candidates in the interface. */
const names: Readonly<Record<string, string>> = {
  conv3x3: '3×3 convolution',
  conv5x5: '5×5 convolution',
  dsconv3x3: 'separable 3×3',
  identity: 'skip (identity)',
};

export function candidateName(id: string): string {
  return names[id] ?? id;
}

/** Short names for narrow boxes. */
const shortNames: Readonly<Record<string, string>> = {
  ...names,
  conv3x3: '3×3 conv.',
  conv5x5: '5×5 conv.',
  dsconv3x3: 'separable',
  identity: 'skip',
};

export function shortCandidateName(id: string): string {
  return shortNames[id] ?? id;
}
