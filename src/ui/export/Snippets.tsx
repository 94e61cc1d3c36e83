import { say } from '../../core/language/say';
import { CopiedText } from '../CopiedText';
import { useWorkbenchState } from '../useWorkbench';

/** How a program uses the files, to be copied. */
export function Snippets() {
  const exports = useWorkbenchState((state) => state.exports);
  return (
    <>
      <h3>{say('In a program')}</h3>
      {exports.flatMap(({ snippets = [] }) => snippets.map(({ title, code }) => <Snippet key={title} title={say(title)} code={code} />))}
    </>
  );
}

function Snippet({ title, code }: { readonly title: string; readonly code: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <CopiedText text={code} label={say('Code: {title}', { title })} copyLabel={say('Copy the code: {title}', { title })} />
    </details>
  );
}
