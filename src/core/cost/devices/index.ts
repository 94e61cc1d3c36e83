/** The devices that a search may target. */
import { gap8 } from './gap8';
import type { Device } from './device';

export type { Device } from './device';

export const devices: ReadonlyMap<string, Device> = new Map([[gap8.id, gap8]]);
