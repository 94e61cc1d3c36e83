/**
 * The training kernels as one WebAssembly module over a memory that the host provides. Every thread walks through the same program,
 * each on its own parts of the batch. A barrier stands before each call that reads what other threads have summed.
 */
import { packKernel, conv2d } from '../conv2d/assembly';
import { PackField } from '../conv2d/fields';
import { conv2dBackpropFilter } from '../conv2dBackpropFilter/assembly';
import { conv2dBackpropInput, packPhase } from '../conv2dBackpropInput/assembly';
import { PackPhaseField } from '../conv2dBackpropInput/fields';
import { combineApply, combineSums } from '../combine/assembly';
import { combineBackApply, combineBackSums } from '../combine/assemblyBack';
import { depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseConv2d } from '../depthwiseConv2d/assembly';
import { dropout } from '../dropout/assembly';
import { globalAvgPool, globalAvgPoolBack } from '../globalAvgPool/assembly';
import { adam, momentum, sgd } from '../optimizer/assembly';
import { lossOf } from '../losses/assembly';
import { winogradConv2d, winogradFilter, winogradPack } from '../winograd/assembly';
import { WinogradPackField } from '../winograd/fields';
import { Call, ColumnSumField, GradientField, PartField as P, SharedField as S } from '../calls';
import { field, pointer } from './descriptor';

/** How often a waiting thread checks before it sleeps: some tens of microseconds in all. */
const PATIENCE = 4000;

/** Runs a program on this thread and its helpers; returns when all of them are done. */
export function run(shared: usize, program: usize): void {
  i32.store(shared + S.program * 4, <i32>program);
  if (ASC_FEATURE_THREADS && field(shared, S.threads) > 1) {
    atomic.add<i32>(shared + S.job * 4, 1);
    atomic.notify(shared + S.job * 4, field(shared, S.threads));
  }
  walk(shared, 0);
  barrier(shared);
}

/** Moves a few parameters by Adam or plain gradient descent, on the calling thread alone. */
export function optimize(d: usize, call: i32): void {
  if (call == Call.adam) adam(d, 0, 1);
  else sgd(d, 0, 1);
}

/** A helper's loop: runs each program as it comes. It never returns; the host terminates its worker. */
export function serve(shared: usize, thread: i32, job: i32): void {
  if (!ASC_FEATURE_THREADS) return;
  while (true) {
    let looks = PATIENCE;
    while (atomic.load<i32>(shared + S.job * 4) == job) if (--looks < 0) atomic.wait<i32>(shared + S.job * 4, job, -1);
    job++;
    walk(shared, thread);
    barrier(shared);
  }
}

/** Returns when every thread has arrived. */
function barrier(shared: usize): void {
  const threads = field(shared, S.threads);
  if (!ASC_FEATURE_THREADS || threads == 1) return;
  const opened = atomic.load<i32>(shared + S.opened * 4);
  if (atomic.add<i32>(shared + S.arrived * 4, 1) == threads - 1) {
    atomic.store<i32>(shared + S.arrived * 4, 0);
    atomic.add<i32>(shared + S.opened * 4, 1);
    atomic.notify(shared + S.opened * 4, threads);
    return;
  }
  let looks = PATIENCE;
  while (atomic.load<i32>(shared + S.opened * 4) == opened) if (--looks < 0) atomic.wait<i32>(shared + S.opened * 4, opened, -1);
}

/** Walks one thread through the program. */
function walk(shared: usize, thread: i32): void {
  const threads = field(shared, S.threads);
  const batch = field(shared, S.batch);
  const parts = pointer(shared, S.parts);
  const partCount = field(shared, S.partCount);
  const firstPart = (partCount * thread) / threads;
  const endPart = (partCount * (thread + 1)) / threads;
  const first = field(parts + firstPart * P.size * 4, P.first);
  const last = field(parts + (endPart - 1) * P.size * 4, P.end);
  let at = pointer(shared, S.program);
  while (true) {
    const d = pointer(at, 1);
    const call = field(at, 0);
    switch (call) {
      case Call.end:
        return;
      case Call.barrier:
        barrier(shared);
        break;
      case Call.packKernel:
        if (field(d, PackField.turn) % threads == thread) packKernel(d);
        break;
      case Call.packPhase:
        if (field(d, PackPhaseField.turn) % threads == thread) packPhase(d);
        break;
      case Call.conv2d:
        conv2d(d, thread, first, last);
        break;
      case Call.conv2dBackpropInput:
        conv2dBackpropInput(d, thread, first, last);
        break;
      case Call.winogradPack:
        if (field(d, WinogradPackField.turn) % threads == thread) winogradPack(d);
        break;
      case Call.winogradConv2d:
        winogradConv2d(d, thread, first, last);
        break;
      case Call.depthwiseConv2d:
        depthwiseConv2d(d, thread, first, last);
        break;
      case Call.depthwiseBackpropInput:
        depthwiseBackpropInput(d, thread, first, last);
        break;
      case Call.conv2dBackpropFilter:
      case Call.winogradFilter:
      case Call.depthwiseBackpropFilter:
      case Call.columnSums: {
        const partial = pointer(shared, S.partial) + thread * field(shared, S.partialStride);
        for (let part = firstPart; part < endPart; part++) addGradient(call, d, thread, parts + part * P.size * 4, partial);
        break;
      }
      case Call.combineSums:
      case Call.combineBackSums:
      case Call.loss:
        for (let part = firstPart; part < endPart; part++) {
          const own = parts + part * P.size * 4;
          sumPart(call, d, thread, part, field(own, P.first), field(own, P.end));
        }
        break;
      case Call.combineApply:
        combineApply(d, thread, first, last, parts, partCount);
        break;
      case Call.combineBackApply:
        combineBackApply(d, thread, first, last, batch, partCount);
        break;
      case Call.dropout:
        dropout(d, first, last);
        break;
      case Call.globalAvgPool:
        globalAvgPool(d, first, last);
        break;
      case Call.globalAvgPoolBack:
        globalAvgPoolBack(d, first, last);
        break;
      case Call.adam:
        adam(d, thread, threads);
        break;
      case Call.momentum:
        momentum(d, thread, threads);
        break;
      case Call.sgd:
        sgd(d, thread, threads);
        break;
      default:
        unreachable();
    }
    at += 8;
  }
}

/** Calls that sum each part of the batch by itself. */
function sumPart(call: i32, d: usize, thread: i32, part: i32, first: i32, end: i32): void {
  if (call == Call.combineSums) combineSums(d, part, first, end);
  else if (call == Call.combineBackSums) combineBackSums(d, thread, part, first, end);
  else lossOf(d, part, first, end);
}

/** Sums one part's share of a parameter's gradient by itself, then adds it to the shares of other parts. */
function addGradient(call: i32, d: usize, thread: i32, part: usize, partial: usize): void {
  const fields = pointer(d, GradientField.fields);
  const share = pointer(d, GradientField.result) + field(part, P.share);
  const joins = field(part, P.joins) != 0;
  const first = field(part, P.first);
  const end = field(part, P.end);
  const to = joins ? partial : share;
  if (call == Call.conv2dBackpropFilter) conv2dBackpropFilter(fields, thread, first, end, to);
  else if (call == Call.winogradFilter) winogradFilter(fields, thread, first, end, to);
  else if (call == Call.depthwiseBackpropFilter) depthwiseBackpropFilter(fields, thread, first, end, to);
  else columnSums(fields, first, end, to);
  if (joins) addTo(share, partial, field(d, GradientField.count));
}

function addTo(to: usize, from: usize, count: i32): void {
  const end = to + count * 4;
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; to < end; to += 4, from += 4) f32.store(to, f32.load(to) + f32.load(from));
}

/** result[c] = sum of the gradient over the pixels of a part's pictures. */
function columnSums(d: usize, first: i32, end: i32, result: usize): void {
  const channels = field(d, ColumnSumField.channels);
  const pixels = (end - first) * field(d, ColumnSumField.pixels);
  let from = pointer(d, ColumnSumField.gradient) + first * field(d, ColumnSumField.pixels) * channels * 4;
  memory.fill(result, 0, channels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < channels; c++) f32.store(result + c * 4, f32.load(result + c * 4) + f32.load(from + c * 4));
    from += channels * 4;
  }
}
