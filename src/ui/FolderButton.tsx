import type { GivenFile } from '../protocol/datasets';
import { givenFile } from '../store/givenFile';

/** React passes it on, and has no type for it. */
const folder = { webkitdirectory: '' };

interface FolderButtonProps {
  readonly children: string;
  readonly disabled?: boolean;
  /** The id of what explains it. */
  readonly describedBy?: string;
  /** Hears the files of a folder and of those in it, unless there are none. */
  readonly onFiles: (files: readonly GivenFile[]) => void;
}

/** Lets a person pick a folder. */
export function FolderButton({ children, disabled = false, describedBy, onFiles }: FolderButtonProps) {
  return (
    <label className={`button ${disabled ? 'disabled' : ''}`}>
      {children}
      <input
        type="file"
        className="visually-hidden"
        {...folder}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={({ target }) => {
          if (target.files && target.files.length > 0) onFiles([...target.files].map(givenFile));
          target.value = '';
        }}
      />
    </label>
  );
}
