import { expect, it } from 'vitest';
import { said } from '../../core/language/told';
import { VectorStore } from './vectorStore';

/** Frames whose values are their own places. */
const frames = Float32Array.from({ length: 200 * 128 }, (_, place) => place);

it('holds every vector where they fit', () => {
  const store = new VectorStore(2, 392);
  store.add(frames, 3, 1);
  const { count, values, groups, labels } = store.examples();
  expect([count, values.length, values[640], groups?.[0], labels[195]]).toEqual([196, 196 * 640, 128, 3, 1]);
  expect(store.sentences('test')).toEqual([]);
});

it('holds one of every few vectors of each recording where they do not, and says so', () => {
  const store = new VectorStore(2, 391);
  store.add(frames, 0, 0);
  store.add(frames, 0, 1);
  const { count, values, recordings } = store.examples();
  expect([count, values[640], recordings?.[97], recordings?.[98]]).toEqual([196, 256, 0, 1]);
  expect(store.sentences('train').map(said)).toEqual([
    'One of every 2 vectors of each training recording is used, because all of them would take too much memory.',
  ]);
});

it('goes back to a place', () => {
  const store = new VectorStore(3, 1000);
  store.add(frames, 0, 0);
  const { place } = store;
  store.add(frames, 1, 1);
  store.rewind(place);
  store.add(frames, 2, 0);
  const { count, groups, recordings, labels } = store.examples();
  expect([count, groups?.[391], recordings?.[391], labels[391]]).toEqual([392, 2, 1, 0]);
});
