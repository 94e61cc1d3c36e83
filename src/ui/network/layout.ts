/** Places the network's layers on the page, data flowing to the right. A weighted layer and the fixed ones after it are one box; dagre places the boxes. */
import { Graph, layout } from '@dagrejs/dagre';
import type { LayerSummary } from '../../protocol/protocol';

export interface Box {
  readonly id: string;
  /** A line of text per layer of a fixed box; empty for a mixed operation. */
  readonly lines: readonly Line[];
  readonly candidates: readonly string[];
  readonly outputShape: readonly number[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  /** The layer's id. */
  readonly layer: string;
  readonly text: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** Paths between boxes, as points. */
  readonly edges: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

const MIXED_WIDTH = 132;
/** Width of a character of a fixed box's text, roughly. */
const CHARACTER = 6.3;
/** Characters of a layer's channels. */
const CHANNELS = 6;
const LINE = 17;
const PADDING = 8;

/** Each of these begins a box, so that a deep network is a row of boxes and not one long one. */
const weighted: ReadonlySet<string> = new Set(['conv2d', 'depthwiseConv2d', 'dense']);

/** Fixed layers in a row, or one mixed operation. */
interface Group {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly members: LayerSummary[];
}

/** @param input what the network receives, in a word */
export function drawNetwork(layers: readonly LayerSummary[], input: string): Drawing {
  const groups = group(layers);
  const groupOf = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member.id, id] as const)));
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: 12, nodesep: 10, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode('input', textSize([input]));
  for (const { id, members } of groups) graph.setNode(id, boxSize(members));
  for (const { id, inputs } of groups) for (const input of inputs) graph.setEdge(groupOf.get(input) ?? 'input', id);
  layout(graph);
  const { width, height } = graph.graph() as { width: number; height: number };
  const boxes = [{ id: 'input', members: [] as LayerSummary[] }, ...groups].map(({ id, members }) => {
    const node = graph.node(id) as { x: number; y: number; width: number; height: number };
    const last = members.at(-1);
    return {
      id,
      lines: id === 'input' ? [{ layer: id, text: input }] : members.map((layer) => ({ layer: layer.id, text: describe(layer) })),
      candidates: last?.candidates ?? [],
      outputShape: last?.outputShape ?? [],
      x: node.x - node.width / 2,
      y: node.y - node.height / 2,
      width: node.width,
      height: node.height,
    };
  });
  const edges = graph.edges().map((edge) => (graph.edge(edge) as { points: { x: number; y: number }[] }).points);
  return { width, height, boxes, edges };
}

/** A fixed layer without weights joins the group before it when it is that group's only reader and reads nothing else. */
function group(layers: readonly LayerSummary[]): Group[] {
  const readers = new Map<string, number>();
  for (const { inputs } of layers) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const groups: Group[] = [];
  for (const layer of layers) {
    const [input] = layer.inputs;
    const before = groups.find(({ members }) => members.at(-1)?.id === input);
    const joins =
      before &&
      layer.op !== null &&
      !weighted.has(layer.op) &&
      layer.inputs.length === 1 &&
      before.members[0]?.op !== null &&
      readers.get(input as string) === 1;
    if (joins) before.members.push(layer);
    else groups.push({ id: layer.id, inputs: layer.inputs, members: [layer] });
  }
  return groups;
}

function boxSize(members: readonly LayerSummary[]): { width: number; height: number } {
  const [first] = members;
  if (first?.op === null) return { width: MIXED_WIDTH, height: LINE * (first.candidates.length + 1) + 2 * PADDING };
  return textSize(members.map(describe));
}

/** Room is left for the channels of a layer, as in "3×3 conv. 16/64". */
function textSize(lines: readonly string[]): { width: number; height: number } {
  const roomFor = (line: string) => line.length + (/conv\.|depthwise/.test(line) ? CHANNELS : 0);
  return { width: Math.round(CHARACTER * Math.max(...lines.map(roomFor))) + 2 * PADDING + 4, height: LINE * lines.length + 2 * PADDING };
}

/** A fixed layer in words. */
function describe({ op, kernel, outputShape }: LayerSummary): string {
  switch (op) {
    case 'conv2d':
      return `${kernel?.join('×')} conv.`;
    case 'depthwiseConv2d':
      return `${kernel?.join('×')} depthwise`;
    case 'batchNorm':
      return 'batch norm';
    case 'relu':
      return 'ReLU';
    case 'add':
      return 'add';
    case 'globalAvgPool':
      return 'average pool';
    case 'dense':
      return `dense, ${outputShape.join('×')} outputs`;
    default:
      return op ?? '';
  }
}
