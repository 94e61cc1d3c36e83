/** Convolutions and dense layers as calls of WebAssembly kernels, by Winograd's algorithm where it applies. */
import { Call } from '../../../kernels/calls';
import { Conv2dField, PackField } from '../../../kernels/conv2d/fields';
import { BackInputField, PackPhaseField, PhaseField } from '../../../kernels/conv2dBackpropInput/fields';
import { WinogradField, WinogradPackField } from '../../../kernels/winograd/fields';
import { joined } from './memoryPlan';
import type { GradientPlace, Layout } from './layout';
import { valueSize, type Convolution, type Dense, type Value } from '../program';
import { paddedSize, phases, reach, sizeFields, unit, windowFields } from './windowGeometry';
import { planWinograd, transformedKernel, winogradSide } from './winograd';

export function convolutionForward(layout: Layout, operation: Convolution | Dense): void {
  const winograd = winogradOf(layout, operation);
  if (winograd) {
    layout.call(Call.winogradConv2d, winograd);
    return;
  }
  const fields = directFields(layout, operation);
  const rows =
    (fields[Conv2dField.kernelHeight] as number) * (fields[Conv2dField.kernelWidth] as number) * (fields[Conv2dField.channels] as number);
  const filters = fields[Conv2dField.filters] as number;
  const packed = layout.memory.words(Math.ceil(filters / 8) * 8 * rows);
  const packing = { kernel: layout.parameter(operation.kernel), packed, rows, filters, turn: layout.turn() };
  layout.pack(Call.packKernel, layout.memory.fields(PackField, packing));
  fields[Conv2dField.packed] = packed;
  layout.call(Call.conv2d, fields);
}

export function convolutionBackFilter(layout: Layout, operation: Convolution | Dense, dy: number): void {
  const winograd = winogradOf(layout, operation, dy);
  if (winograd) {
    layout.sum(Call.winogradFilter, operation.kernel, winograd);
    return;
  }
  const fields = directFields(layout, operation);
  fields[Conv2dField.output] = dy;
  layout.sum(Call.conv2dBackpropFilter, operation.kernel, fields);
}

export function convolutionBackInput(layout: Layout, operation: Convolution | Dense, dy: number, { at, accumulate }: GradientPlace): void {
  const [input, output] = [layout.shape(operation.input), layout.shape(operation.output)];
  const side = operation.kind === 'dense' ? null : winogradSide(operation.window, input, output, layout.batchSize);
  if (operation.kind !== 'dense' && side !== null) {
    const { kernel, top, left } = operation.window;
    const around = { top: kernel[0] - 1 - top, left: kernel[1] - 1 - left };
    const addresses = { input: dy, output: at, weights: transformed(layout, side, operation, true), bias: layout.places.zeros, accumulate };
    layout.call(Call.winogradConv2d, winogradFields(layout, side, output, input, around, addresses));
    return;
  }
  const memory = layout.memory;
  const from = layout.shape(operation.input);
  const to = layout.shape(operation.output);
  const dense = operation.kind === 'dense';
  const window = dense ? unit : operation.window;
  const read = dense ? flat(from) : from;
  const { height, width, channels } = read;
  const down = phases(height, window.kernel[0], window.stride[0], window.top);
  const right = phases(width, window.kernel[1], window.stride[1], window.left);
  const [top, bottom] = reach(down, to.height);
  const [left, end] = reach(right, to.width);
  const list = down.flatMap((row) =>
    right.map((column) => {
      const packed = memory.words(Math.ceil(channels / 8) * 8 * Math.max(1, row.taps * column.taps * to.channels));
      layout.pack(
        Call.packPhase,
        memory.fields(PackPhaseField, {
          kernel: layout.parameter(operation.kernel),
          packed,
          ...windowFields(window),
          channels,
          filters: to.channels,
          firstDown: row.tap,
          firstRight: column.tap,
          taps: row.taps,
          tapColumns: column.taps,
          turn: layout.turn(),
        }),
      );
      return memory.fields(PhaseField, {
        packed,
        row: row.first,
        column: column.first,
        rows: row.count,
        columns: column.count,
        fromRow: row.from + top,
        fromColumn: column.from + left,
        // No tap reaches this phase, so zeros fill it.
        taps: column.taps === 0 ? 0 : row.taps,
        tapColumns: column.taps,
      });
    }),
  );
  layout.call(
    Call.conv2dBackpropInput,
    memory.fields(BackInputField, {
      gradient: dy,
      result: at,
      ...sizeFields(read, to),
      filters: to.channels,
      strideDown: window.stride[0],
      strideRight: window.stride[1],
      top,
      left,
      paddedHeight: top + to.height + bottom,
      paddedWidth: left + to.width + end,
      scratch: layout.places.scratch,
      scratchStride: layout.places.scratchStride,
      accumulate,
      phases: memory.holding(joined(list)),
      phaseCount: list.length,
      zeros: layout.places.zeros,
      flat: Number(dense),
    }),
  );
}

/** Numbers of scratch that a convolution needs: the larger of both directions. */
export function convolutionScratch({ window }: Convolution, from: Value, to: Value, batchSize: number): number {
  const side = winogradSide(window, from, to, batchSize);
  if (side !== null) {
    const around = { top: window.kernel[0] - 1 - window.top, left: window.kernel[1] - 1 - window.left };
    return Math.max(planWinograd(side, from, to, window).bytes, planWinograd(side, to, from, around).bytes) / 4;
  }
  const there = paddedSize(from, to, window);
  const spread = (axis: 0 | 1, size: number, first: number, outputs: number) =>
    outputs + reach(phases(size, window.kernel[axis], window.stride[axis], first), outputs).reduce((a, b) => a + b);
  const back = spread(0, from.height, window.top, to.height) * spread(1, from.width, window.left, to.width);
  return Math.max(there.paddedHeight * there.paddedWidth * from.channels, back * to.channels);
}

/** The input of a dense layer: one pixel that holds all numbers. */
const flat = (value: Value): Value => ({ height: 1, width: 1, channels: valueSize(value) });

/** The fields of a convolution; a dense layer is a 1x1 convolution over examples instead of pixels. */
function directFields(layout: Layout, operation: Convolution | Dense): Int32Array {
  const from = layout.shape(operation.input);
  const to = layout.shape(operation.output);
  const dense = operation.kind === 'dense';
  const window = dense ? unit : operation.window;
  return layout.memory.fields(Conv2dField, {
    input: layout.at(operation.input),
    output: layout.at(operation.output),
    bias: operation.bias === null ? layout.places.zeros : layout.parameter(operation.bias),
    ...sizeFields(dense ? flat(from) : from, to),
    filters: to.channels,
    ...windowFields(window),
    top: window.top,
    left: window.left,
    ...paddedSize(from, to, window),
    scratch: layout.places.scratch,
    scratchStride: layout.places.scratchStride,
    flat: Number(dense),
  });
}

/**
 * The fields of a convolution by Winograd's algorithm, null if it is summed directly.
 * @param dy the output's gradient, for the filter gradient; left out for the forward pass
 */
function winogradOf(layout: Layout, operation: Convolution | Dense, dy?: number): Int32Array | null {
  const [from, to] = [layout.shape(operation.input), layout.shape(operation.output)];
  const side = operation.kind === 'dense' ? null : winogradSide(operation.window, from, to, layout.batchSize);
  if (operation.kind === 'dense' || side === null) return null;
  const bias = operation.bias === null ? layout.places.zeros : layout.parameter(operation.bias);
  return winogradFields(layout, side, from, to, operation.window, {
    input: layout.at(operation.input),
    ...(dy === undefined
      ? { output: layout.at(operation.output), weights: transformed(layout, side, operation, false), bias }
      : { output: dy }),
  });
}

function winogradFields(
  layout: Layout,
  side: number,
  from: Value,
  to: Value,
  { top, left }: { readonly top: number; readonly left: number },
  addresses: Partial<Record<keyof typeof WinogradField, number>>,
): Int32Array {
  const { bytes: _, ...plan } = planWinograd(side, from, to, { top, left });
  return layout.memory.fields(WinogradField, {
    ...sizeFields(from, to),
    filters: to.channels,
    top,
    left,
    ...plan,
    scratch: layout.places.scratch,
    scratchStride: layout.places.scratchStride,
    ...addresses,
  });
}

/** Packs a convolution's kernel in transformed form, and returns its address. @param turned rotated, for the input gradient */
function transformed(layout: Layout, side: number, { kernel, input, output }: Convolution, turned: boolean): number {
  const { channels } = layout.shape(input);
  const { channels: filters } = layout.shape(output);
  const weights = layout.memory.words(turned ? transformedKernel(side, filters, channels) : transformedKernel(side, channels, filters));
  const fields = { kernel: layout.parameter(kernel), weights, channels, filters, side };
  const turn = layout.turn();
  layout.pack(Call.winogradPack, layout.memory.fields(WinogradPackField, { ...fields, turned: Number(turned), turn }));
  return weights;
}
