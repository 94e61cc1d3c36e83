import { said, type Told } from '../core/language/told';

/** What went wrong, in the language in use, read out as soon as it is there. Nothing for null. */
export function ErrorText({ of: told }: { readonly of: Told | null | undefined }) {
  if (!told) return null;
  return (
    <p className="error" role="alert">
      {said(told)}
    </p>
  );
}
