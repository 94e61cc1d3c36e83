/**
 * The boxes that a network is drawn as: a layer with weights and the fixed ones after it are one box, and so is a mixed operation. Of a
 * large network, blocks that follow each other and have outputs of the same shape are folded into one box.
 */
import type { LayerSummary } from '../../protocol/protocol';

export interface Box {
  readonly id: string;
  /** The layers whose outputs it reads. */
  readonly inputs: readonly string[];
  readonly members: readonly LayerSummary[];
  /** The blocks that are folded into it; null for a box of its own. */
  readonly blocks: readonly Block[] | null;
}

/** Boxes between two places that all data pass, such as a residual block. */
export interface Block {
  /** The id of its last layer before any pool. */
  readonly id: string;
  readonly boxes: readonly Box[];
}

/** Each of these begins a box, so that a deep network is a row of boxes and not one long one. */
export const weighted: ReadonlySet<string> = new Set(['conv2d', 'depthwiseConv2d', 'dense']);

/** Whether the shape of a fixed box stands under its layers: others pass on the shape that they get, or have it in their name. */
export const tellsShape = ({ members: [first] }: Box): boolean => first?.op === 'conv2d' || first?.op === 'depthwiseConv2d';

/** A fixed layer without weights joins the box before it when it is that box's only reader and reads nothing else. */
export function boxesOf(layers: readonly LayerSummary[]): Box[] {
  const readers = new Map<string, number>();
  for (const { inputs } of layers) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const boxes: (Box & { readonly members: LayerSummary[] })[] = [];
  for (const layer of layers) {
    const [input] = layer.inputs;
    const before = boxes.find(({ members }) => members.at(-1)?.id === input);
    const joins =
      before &&
      layer.op !== null &&
      !weighted.has(layer.op) &&
      layer.inputs.length === 1 &&
      before.members[0]?.op !== null &&
      readers.get(input as string) === 1;
    if (joins) before.members.push(layer);
    else boxes.push({ id: layer.id, inputs: layer.inputs, members: [layer], blocks: null });
  }
  return boxes;
}

/** Blocks of one kind in a row whose outputs have one shape; only those that are more than one box. */
export function stagesOf(boxes: readonly Box[]): Box[] {
  const stages: Block[][] = [];
  for (const block of blocksOf(boxes)) {
    const stage = stages.at(-1);
    if (stage && kindOf(stage[0] as Block) === kindOf(block)) stage.push(block);
    else stages.push([block]);
  }
  return stages.flatMap((blocks) => {
    const all = blocks.flatMap((block) => block.boxes);
    const [first] = blocks;
    if (all.length === 1 || !first) return [];
    const name = blocks.length > 1 ? `${first.id} … ${(blocks.at(-1) as Block).id}` : first.id;
    // A block may have the name of one of its boxes, so the stage's name is set apart.
    return [{ id: `${name} (folded)`, inputs: (all[0] as Box).inputs, members: all.flatMap(({ members }) => members), blocks }];
  });
}

/** The boxes with some stages in the place of those that are folded into them. */
export function withFolded(boxes: readonly Box[], stages: readonly Box[]): Box[] {
  const foldedInto = new Map(stages.flatMap((stage) => (stage.blocks ?? []).flatMap((block) => block.boxes.map(({ id }) => [id, stage]))));
  return [...new Set(boxes.map((box) => foldedInto.get(box.id) ?? box))];
}

/** A box ends a block when no later box reads what lies before it. */
function blocksOf(boxes: readonly Box[]): Block[] {
  const lastRead = new Map<string, number>();
  boxes.forEach(({ inputs }, index) => inputs.forEach((input) => lastRead.set(input, index)));
  const blocks: Block[] = [];
  let begun: Box[] = [];
  let needed = 0;
  boxes.forEach((box, index) => {
    begun.push(box);
    if (needed <= index) {
      const before = blocks.at(-1);
      // A depthwise convolution and the one of 1x1 after it are one separable convolution.
      if (before && isAlone(before, 'depthwiseConv2d') && isPointwise(box))
        blocks.splice(-1, 1, { id: nameOf(box), boxes: [...before.boxes, ...begun] });
      else blocks.push({ id: nameOf(box), boxes: begun });
      begun = [];
    }
    needed = Math.max(needed, lastRead.get(outputOf(box).id) ?? 0);
  });
  return blocks;
}

const outputOf = ({ members }: Box) => members.at(-1) as LayerSummary;
const nameOf = ({ members }: Box) =>
  (members.findLast(({ outputShape }) => outputShape.join() === members[0]?.outputShape.join()) as LayerSummary).id;
const isAlone = ({ boxes }: Block, op: string) => boxes.length === 1 && boxes[0]?.members[0]?.op === op;
const isPointwise = ({ members: [first] }: Box) => first?.op === 'conv2d' && first.kernel?.every((extent) => extent === 1);

/** Blocks are of one kind when they begin alike, both branch or both do not, and have outputs of one shape. */
function kindOf({ boxes }: Block): string {
  const branches = boxes.some(({ inputs }) => inputs.length > 1);
  return `${boxes[0]?.members[0]?.op} ${branches} ${boxes.at(-1)?.members[0]?.outputShape.join('×')}`;
}
