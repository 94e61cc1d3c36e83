/** What a helper thread of an import does: it answers calls for pictures and features. */
import { asWorkbenchError } from '../core/errors';
import type { ExampleWork, FeatureKind } from '../importers/exampleImporter';
import type { WireError } from '../protocol/protocol';

export type HelperCall =
  | { readonly id: number; readonly kind: 'picture'; readonly bytes: Uint8Array; readonly width: number; readonly height: number }
  | { readonly id: number; readonly kind: 'features'; readonly samples: Float32Array; readonly feature: FeatureKind };

export type HelperAnswer =
  { readonly id: number; readonly made: Uint8Array | Float32Array | null } | { readonly id: number; readonly error: WireError };

/** @param send receives the answer, and the buffers that move with it */
export async function answerCall(
  call: HelperCall,
  work: ExampleWork,
  send: (answer: HelperAnswer, transfer: ArrayBuffer[]) => void,
): Promise<void> {
  const { id } = call;
  try {
    const made = await (call.kind === 'picture'
      ? work.picture(call.bytes, call.width, call.height)
      : work.features(call.samples, call.feature));
    send({ id, made }, made ? [made.buffer as ArrayBuffer] : []);
  } catch (reason) {
    const { code, told, details } = asWorkbenchError(reason);
    send({ id, error: { code, message: told, details } }, []);
  }
}
