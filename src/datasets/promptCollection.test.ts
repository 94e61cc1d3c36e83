import { afterEach, expect, test, vi } from 'vitest';
import { promptCollection } from './promptCollection';

afterEach(() => vi.unstubAllGlobals());

/** Counts the arrays that are asked for, and refuses them with this error. */
function refuseArrays(error: Error): { count: number } {
  const asked = { count: 0 };
  vi.stubGlobal('ArrayBuffer', function () {
    asked.count += 1;
    throw error;
  });
  return asked;
}

test('asks once in 1,024 examples', () => {
  const asked = refuseArrays(new RangeError('no room'));
  for (let done = 1; done <= 3000; done++) promptCollection(done);
  expect(asked.count).toBe(2);
});

test('only a lack of room is nothing to tell', () => {
  refuseArrays(new TypeError('broken'));
  expect(() => promptCollection(1024)).toThrow('broken');
});
