/**
 * Sends errors over a Comlink connection as `{code, message, details}` and makes WorkbenchErrors of them on the other side.
 * Comlink by itself keeps only name, message and stack. Both ends import this file for its effect.
 */
import { transferHandlers, type TransferHandler } from 'comlink';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import type { WireError } from './protocol';

interface Thrown {
  readonly value: unknown;
}

const stock = transferHandlers.get('throw');
if (!stock) throw new Error('Comlink has no handler for thrown values');

const handler: TransferHandler<Thrown, WireError> = {
  canHandle: (value): value is Thrown => stock.canHandle(value),
  serialize({ value }) {
    const { code, told, details } = asWorkbenchError(value);
    return [{ code, message: told, details }, []];
  },
  deserialize({ code, message, details }) {
    throw new WorkbenchError(code, message, details);
  },
};

transferHandlers.set('throw', handler);
