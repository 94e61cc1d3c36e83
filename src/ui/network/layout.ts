/** Places a network's boxes on the page, data flowing to the right; dagre places them. */
import { Graph, layout } from '@dagrejs/dagre';
import { INPUT } from '../../core/network/input';
import type { LayerSummary } from '../../protocol/protocol';
import { tellsShape, weighted, type Box } from './boxes';
import { describe } from './describe';

export interface PlacedBox {
  /** Null for the network's input. */
  readonly box: Box | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  /** Paths between boxes, as points. */
  readonly edges: readonly (readonly Point[])[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Room for the widest name beside "100%". */
const MIXED_WIDTH = 108;
const FOLDED_WIDTH = 140;
/** Width of a character of a fixed box's text, roughly. */
const CHARACTER = 6.3;
/** Height of a line of text, and of a line that stands for a block. */
export const LINE = 17;
export const BLOCK_LINE = 14;
/** Name and shape of a mixed operation. */
export const HEAD_LINES = 2;
/** Above and below the text, with the border. */
export const PADDING = 6;
/** How far from the middle of the lowest box a connection may end. */
const LEAST_REACH = LINE / 2;

/**
 * @param input what the network receives, in a word
 * @param pruned whether layers need room for the number of their channels, as in "3×3 conv. 16/64"
 */
export function drawNetwork(boxes: readonly Box[], input: string, pruned: boolean): Drawing {
  const madeBy = new Map(boxes.flatMap(({ id, members }) => members.map((member) => [member.id, id] as const)));
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: 4, nodesep: 10, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(INPUT, textSize([charactersOf(input)]));
  // The last layer gives the network's outputs, all of which are needed.
  for (const box of boxes) graph.setNode(box.id, sizeOf(box, pruned && box !== boxes.at(-1)));
  for (const { id, inputs } of boxes) for (const name of inputs) graph.setEdge(madeBy.get(name) ?? INPUT, id);
  layout(graph);
  const { width, height } = graph.graph() as { width: number; height: number };
  const place = (id: string, box: Box | null): PlacedBox => {
    const node = graph.node(id) as { x: number; y: number; width: number; height: number };
    return { box, x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height };
  };
  // A box becomes lower when one candidate is left; its connections still end at it.
  const onSide = (id: string, { x, y }: Point): Point => {
    const node = graph.node(id) as Point;
    return { x, y: Math.max(node.y - LEAST_REACH, Math.min(node.y + LEAST_REACH, y)) };
  };
  const edges = graph.edges().map((edge) => {
    const { points } = graph.edge(edge) as { points: Point[] };
    return points.map((point, index) =>
      index === 0 ? onSide(edge.v, point) : index === points.length - 1 ? onSide(edge.w, point) : point,
    );
  });
  return { width, height, boxes: [place(INPUT, null), ...boxes.map((box) => place(box.id, box))], edges };
}

function sizeOf(box: Box, pruned: boolean): { width: number; height: number } {
  const { members, blocks } = box;
  if (blocks) return { width: FOLDED_WIDTH, height: 3 * LINE + BLOCK_LINE * blocks.length + 2 * PADDING };
  const [first] = members;
  if (first?.op === null) return { width: MIXED_WIDTH, height: LINE * (first.candidates.length + HEAD_LINES) + 2 * PADDING };
  const isPruned = ({ op }: LayerSummary) => pruned && op !== null && weighted.has(op);
  const lines = members.map((layer) => charactersOf(describe(layer)) + (isPruned(layer) ? charactersOfChannels(layer) : 0));
  return textSize(tellsShape(box) ? [...lines, shapeText(members).length] : lines);
}

/** The shape of what layers in a row put out, with all channels. */
export const shapeText = (members: readonly LayerSummary[]): string => members.at(-1)?.outputShape.join('×') ?? '';

/** @param characters of each line */
function textSize(characters: readonly number[]): { width: number; height: number } {
  return { width: Math.round(CHARACTER * Math.max(...characters)) + 2 * PADDING, height: LINE * characters.length + 2 * PADDING };
}

/** A Chinese character is as wide as two others. */
const charactersOf = (text: string) => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);

/** A space and twice the number of channels with a stroke between, in bold, which is wider. */
const charactersOfChannels = ({ outputShape }: LayerSummary) => 2 * String(outputShape.at(-1) ?? '').length + 2.5;
