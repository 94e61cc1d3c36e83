/** Line colours that people with colour blindness can tell apart (Okabe and Ito, 2008), as CSS variables for both themes. */
const candidateColours = ['var(--line-1)', 'var(--line-2)', 'var(--line-3)', 'var(--line-4)', 'var(--line-5)', 'var(--line-6)'] as const;

/** The same candidate has the same colour in every place. */
export function candidateColour(name: string): string {
  const known = ['conv3x3', 'conv5x5', 'dsconv3x3', 'identity'];
  const index = known.indexOf(name);
  return candidateColours[index < 0 ? candidateColours.length - 1 : index] as string;
}
