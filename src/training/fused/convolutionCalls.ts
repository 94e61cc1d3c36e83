/** Convolutions and dense layers as calls of WebAssembly kernels, by Winograd's algorithm where it fits. */
import { Call } from '../../kernels/calls';
import { Conv2dField, PackField } from '../../kernels/conv2d/fields';
import { BackInputField, PackPhaseField, PhaseField } from '../../kernels/conv2dBackpropInput/fields';
import { WinogradField, WinogradPackField } from '../../kernels/winograd/fields';
import { joined } from './memoryPlan';
import type { GradientPlace, Places } from './places';
import { valueSize, type Convolution, type Dense, type Value } from './program';
import { paddedSize, phases, reach, sizeFields, unit, windowFields } from './windowGeometry';
import { planWinograd, transformedKernel, winogradSide } from './winograd';

export function convolutionForward(places: Places, operation: Convolution | Dense): void {
  const winograd = winogradOf(places, operation);
  if (winograd) {
    places.call(Call.winogradConv2d, winograd);
    return;
  }
  const fields = directFields(places, operation);
  const rows =
    (fields[Conv2dField.kernelHeight] as number) * (fields[Conv2dField.kernelWidth] as number) * (fields[Conv2dField.channels] as number);
  const filters = fields[Conv2dField.filters] as number;
  const packed = places.memory.words(Math.ceil(filters / 8) * 8 * rows);
  const packing = { kernel: places.parameter(operation.kernel), packed, rows, filters, turn: places.turn() };
  places.pack(Call.packKernel, places.memory.fields(PackField, packing));
  fields[Conv2dField.packed] = packed;
  places.call(Call.conv2d, fields);
}

export function convolutionBackFilter(places: Places, operation: Convolution | Dense, dy: number): void {
  const winograd = winogradOf(places, operation, dy);
  if (winograd) {
    places.sum(Call.winogradFilter, operation.kernel, winograd);
    return;
  }
  const fields = directFields(places, operation);
  fields[Conv2dField.output] = dy;
  places.sum(Call.conv2dBackpropFilter, operation.kernel, fields);
}

export function convolutionBackInput(places: Places, operation: Convolution | Dense, dy: number, { at, accumulate }: GradientPlace): void {
  const [input, output] = [places.shape(operation.input), places.shape(operation.output)];
  const side = operation.kind === 'dense' ? null : winogradSide(operation.window, input, output, places.batchSize);
  if (operation.kind !== 'dense' && side !== null) {
    const { kernel, top, left } = operation.window;
    const around = { top: kernel[0] - 1 - top, left: kernel[1] - 1 - left };
    const addresses = { input: dy, output: at, weights: transformed(places, side, operation, true), bias: places.zeros, accumulate };
    places.call(Call.winogradConv2d, winogradFields(places, side, output, input, around, addresses));
    return;
  }
  const memory = places.memory;
  const from = places.shape(operation.input);
  const to = places.shape(operation.output);
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
      places.pack(
        Call.packPhase,
        memory.fields(PackPhaseField, {
          kernel: places.parameter(operation.kernel),
          packed,
          ...windowFields(window),
          channels,
          filters: to.channels,
          firstDown: row.tap,
          firstRight: column.tap,
          taps: row.taps,
          tapColumns: column.taps,
          turn: places.turn(),
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
        // A phase that no tap reaches is filled with zeros.
        taps: column.taps === 0 ? 0 : row.taps,
        tapColumns: column.taps,
      });
    }),
  );
  places.call(
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
      scratch: places.scratch,
      scratchStride: places.scratchStride,
      accumulate,
      phases: memory.holding(joined(list)),
      phaseCount: list.length,
      zeros: places.zeros,
      flat: Number(dense),
    }),
  );
}

/** Numbers of scratch that a convolution needs, the greater of both ways. */
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

/** What a dense layer reads: one pixel of all numbers. */
const flat = (value: Value): Value => ({ height: 1, width: 1, channels: valueSize(value) });

/** The fields of a convolution; a dense layer is one of 1x1 over examples instead of pixels. */
function directFields(places: Places, operation: Convolution | Dense): Int32Array {
  const from = places.shape(operation.input);
  const to = places.shape(operation.output);
  const dense = operation.kind === 'dense';
  const window = dense ? unit : operation.window;
  return places.memory.fields(Conv2dField, {
    input: places.at(operation.input),
    output: places.at(operation.output),
    bias: operation.bias === null ? places.zeros : places.parameter(operation.bias),
    ...sizeFields(dense ? flat(from) : from, to),
    filters: to.channels,
    ...windowFields(window),
    top: window.top,
    left: window.left,
    ...paddedSize(from, to, window),
    scratch: places.scratch,
    scratchStride: places.scratchStride,
    flat: Number(dense),
  });
}

/**
 * The fields of a convolution by Winograd's algorithm, null where it is summed directly.
 * @param dy the output's gradient, for the filter gradient; without it for the way forward
 */
function winogradOf(places: Places, operation: Convolution | Dense, dy?: number): Int32Array | null {
  const [from, to] = [places.shape(operation.input), places.shape(operation.output)];
  const side = operation.kind === 'dense' ? null : winogradSide(operation.window, from, to, places.batchSize);
  if (operation.kind === 'dense' || side === null) return null;
  const bias = operation.bias === null ? places.zeros : places.parameter(operation.bias);
  return winogradFields(places, side, from, to, operation.window, {
    input: places.at(operation.input),
    ...(dy === undefined
      ? { output: places.at(operation.output), weights: transformed(places, side, operation, false), bias }
      : { output: dy }),
  });
}

function winogradFields(
  places: Places,
  side: number,
  from: Value,
  to: Value,
  { top, left }: { readonly top: number; readonly left: number },
  addresses: Partial<Record<keyof typeof WinogradField, number>>,
): Int32Array {
  const { bytes: _, ...plan } = planWinograd(side, from, to, { top, left });
  return places.memory.fields(WinogradField, {
    ...sizeFields(from, to),
    filters: to.channels,
    top,
    left,
    ...plan,
    scratch: places.scratch,
    scratchStride: places.scratchStride,
    ...addresses,
  });
}

/** Where a convolution's transformed kernel is from now on. @param turned for the input gradient */
function transformed(places: Places, side: number, { kernel, input, output }: Convolution, turned: boolean): number {
  const { channels } = places.shape(input);
  const { channels: filters } = places.shape(output);
  const weights = places.memory.words(turned ? transformedKernel(side, filters, channels) : transformedKernel(side, channels, filters));
  const fields = { kernel: places.parameter(kernel), weights, channels, filters, side };
  const turn = places.turn();
  places.pack(Call.winogradPack, places.memory.fields(WinogradPackField, { ...fields, turned: Number(turned), turn }));
  return weights;
}
