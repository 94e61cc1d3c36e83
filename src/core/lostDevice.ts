import { WorkbenchError, type ErrorDetails } from './errors';
import { sayLater } from './language/told';

/** @param message what the browser says of it, which may be nothing */
export function lostDevice(message: string, details?: ErrorDetails): WorkbenchError {
  return new WorkbenchError(
    'device-lost',
    message
      ? sayLater('The graphics device was lost ({message}). Start again; if it happens again, choose WebAssembly.', {
          message: message.trim(),
        })
      : sayLater('The graphics device was lost. Start again; if it happens again, choose WebAssembly.'),
    details,
  );
}
