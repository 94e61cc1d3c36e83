import type { RefusalCode } from '../../core/runs/pool/pooledRun';

const statuses: Readonly<Record<RefusalCode, number>> = {
  'bad-request': 400,
  'class-closed': 409,
  'class-full': 409,
  'invalid-run': 400,
  'not-allowed': 403,
  'not-found': 404,
  'not-joined': 401,
  'other-site': 403,
  'too-large': 413,
  'too-many': 429,
  'wrong-code': 403,
};

/** A request that the class refuses. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  /**
   * @param code what programs tell it by
   * @param message what happened, why, and what to do next
   */
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
    this.status = statuses[code];
  }
}
