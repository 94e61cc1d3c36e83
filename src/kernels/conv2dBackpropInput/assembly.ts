/** Gradient of a convolution with respect to its input, phase by phase, so that a stride needs no inserted zeros. */
import { field, pointer } from '../assembly/descriptor';
import { placePicture } from '../assembly/pad';
import { slide } from '../conv2d/assembly';
import { BackInputField as F, PackPhaseField as P, PhaseField as Q } from './fields';

/** Pictures `first` to `last` (exclusive) of the input's gradient. */
export function conv2dBackpropInput(d: usize, thread: i32, first: i32, last: i32): void {
  const channels = field(d, F.channels);
  const filters = field(d, F.filters);
  const width = field(d, F.width);
  const picture = field(d, F.height) * width * channels * 4;
  const outPicture = field(d, F.outHeight) * field(d, F.outWidth) * filters * 4;
  const accumulate = field(d, F.accumulate) != 0;
  if (field(d, F.flat)) {
    const phase = pointer(d, F.phases);
    slide(
      pointer(d, F.gradient) + first * outPicture,
      outPicture,
      outPicture,
      1,
      0,
      filters,
      pointer(phase, Q.packed),
      pointer(d, F.zeros),
      pointer(d, F.result) + first * picture,
      picture,
      picture,
      1,
      last - first,
      channels,
      accumulate,
    );
    return;
  }
  const rowBytes = field(d, F.paddedWidth) * filters * 4;
  const padded = field(d, F.paddedHeight) != field(d, F.outHeight) || field(d, F.paddedWidth) != field(d, F.outWidth);
  const scratch = pointer(d, F.scratch) + thread * field(d, F.scratchStride);
  if (padded) memory.fill(scratch, 0, field(d, F.paddedHeight) * rowBytes);
  const strideDown = field(d, F.strideDown);
  const strideRight = field(d, F.strideRight);
  for (let n = first; n < last; n++) {
    let from = pointer(d, F.gradient) + n * outPicture;
    if (padded) {
      placePicture(
        from,
        field(d, F.outHeight),
        field(d, F.outWidth),
        filters * 4,
        scratch,
        rowBytes,
        field(d, F.top),
        field(d, F.left),
        1,
        1,
      );
      from = scratch;
    }
    const to = pointer(d, F.result) + n * picture;
    let phase = pointer(d, F.phases);
    for (let index = field(d, F.phaseCount); index > 0; index--) {
      slide(
        from + field(phase, Q.fromRow) * rowBytes + field(phase, Q.fromColumn) * filters * 4,
        rowBytes,
        filters * 4,
        field(phase, Q.taps),
        rowBytes,
        field(phase, Q.tapColumns) * filters,
        pointer(phase, Q.packed),
        pointer(d, F.zeros),
        to + (field(phase, Q.row) * width + field(phase, Q.column)) * channels * 4,
        strideDown * width * channels * 4,
        strideRight * channels * 4,
        field(phase, Q.rows),
        field(phase, Q.columns),
        channels,
        accumulate,
      );
      phase += Q.size * 4;
    }
  }
}

/**
 * Writes one phase's part of a kernel [height, width, channels, filters], rotated by 180 degrees, as [channels / 8][taps x
 * tapColumns x filters][8].
 */
export function packPhase(d: usize): void {
  const channels = field(d, P.channels);
  const filters = field(d, P.filters);
  const kernelWidth = field(d, P.kernelWidth);
  const taps = field(d, P.taps);
  const tapColumns = field(d, P.tapColumns);
  let to = pointer(d, P.packed);
  for (let c = 0; c < channels; c += 8) {
    const lanes = min(8, channels - c);
    for (let tap = taps - 1; tap >= 0; tap--) {
      const row = field(d, P.firstDown) + tap * field(d, P.strideDown);
      for (let tapColumn = tapColumns - 1; tapColumn >= 0; tapColumn--) {
        const column = field(d, P.firstRight) + tapColumn * field(d, P.strideRight);
        const from = pointer(d, P.kernel) + ((row * kernelWidth + column) * channels + c) * filters * 4;
        for (let filter = 0; filter < filters; filter++) {
          for (let lane = 0; lane < 8; lane++) f32.store(to + lane * 4, lane < lanes ? f32.load(from + (lane * filters + filter) * 4) : 0);
          to += 32;
        }
      }
    }
  }
}
