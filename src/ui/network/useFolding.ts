import { useState } from 'react';
import type { LayerSummary } from '../../protocol/protocol';
import { useMemo } from '../language/memo';
import { boxesOf, stagesOf, withFolded, type Box } from './boxes';
import { drawNetwork, type Drawing } from './layout';

/** A wider drawing is folded at first, so that its text is readable without scrolling on a laptop. */
const WIDEST = 1300;

export interface Folding {
  readonly drawing: Drawing;
  /** What can be folded. */
  readonly stages: readonly Box[];
  /** Ids of the stages that are folded. */
  readonly folded: ReadonlySet<string>;
  readonly fold: (stages: ReadonlySet<string>) => void;
}

/** The drawing of a network, and which of its stages are folded; the parameters are those of `drawNetwork`. */
export function useFolding(layers: readonly LayerSummary[], input: string, pruned: boolean): Folding {
  const network = useMemo(() => {
    const boxes = boxesOf(layers);
    const stages = stagesOf(boxes);
    const isWide = drawNetwork(boxes, input, pruned).width > WIDEST;
    return { boxes, stages, first: new Set(isWide ? stages.map(({ id }) => id) : []) };
  }, [layers, input, pruned]);
  const [chosen, setChosen] = useState<{ readonly of: readonly LayerSummary[]; readonly folded: ReadonlySet<string> } | null>(null);
  // Another network begins with folds of its own.
  const folded = chosen?.of === layers ? chosen.folded : network.first;
  const drawing = useMemo(() => {
    const { boxes, stages } = network;
    return drawNetwork(
      withFolded(
        boxes,
        stages.filter(({ id }) => folded.has(id)),
      ),
      input,
      pruned,
    );
  }, [network, folded, input, pruned]);
  return { drawing, stages: network.stages, folded, fold: (ids) => setChosen({ of: layers, folded: ids }) };
}
