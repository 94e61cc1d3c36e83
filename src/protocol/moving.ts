import { transfer } from 'comlink';
import type { Dataset } from '../core/data/dataset';

/** Marks a message so that the buffers of the data set in it move to the other thread instead of being copied. The sender loses them. */
export function moving<Message extends object>(message: Message, { train, test, sounds = [] }: Dataset): Message {
  const arrays = [train, test].flatMap(({ values, labels, groups, recordings, validates }) => [
    ...[values, labels, groups, recordings, validates],
  ]);
  arrays.push(...sounds.map(({ samples }) => samples));
  return transfer(message, [...new Set(arrays.flatMap((array) => array?.buffer ?? []))] as Transferable[]);
}
