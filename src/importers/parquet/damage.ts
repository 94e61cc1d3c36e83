import { said, type Told } from '../../core/language/told';

/** What is wrong within a Parquet file: the reason in a message that names the file. */
export class Damage extends Error {
  constructor(readonly told: Told) {
    super(said(told));
  }
}
