import { say } from '../../core/language/say';
import { givenFile } from '../../store/givenFile';
import { useRuns } from './useRuns';

/** React passes it on, and has no type for it. */
const folder = { webkitdirectory: '' };

/** Takes all runs of a folder, such as a class has handed in. */
export function ImportFolder() {
  const runs = useRuns();
  return (
    <label className="button">
      {say('Import a folder …')}
      <input
        type="file"
        className="visually-hidden"
        {...folder}
        onChange={({ target }) => {
          if (target.files && target.files.length > 0) void runs.importRuns([...target.files].map(givenFile));
          target.value = '';
        }}
      />
    </label>
  );
}
