/**
 * A network as the fused training step runs it: a short list of operations over values. One `combine` operation replaces batch
 * norms, ReLUs, adds and mixed operations. The backward pass is the same list in reverse.
 */
import { ToldError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import type { Attributes } from '../../core/ops/index';
import { explicitPadding, heightAndWidth, type Pair } from '../../core/ops/window';
import { mixedOps, type NetworkPlan, type PlannedLayer, type PlannedOperation } from '../../core/network/plan';
import { INPUT } from '../../core/network/input';
import type { Shape } from '../../core/ops/operation';
import { numbersIn } from '../../core/ops/shape';

/** A value that each step computes once for the whole batch: [batch, height, width, channels]. */
export interface Value {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Numbers of a value, per example. */
export const valueSize = ({ height, width, channels }: Value): number => height * width * channels;

/** A convolution's geometry; padding is explicit. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly top: number;
  readonly left: number;
}

/** Values by their index in `FusedProgram.values`, parameters by their full name. */
export type FusedOperation = Convolution | Depthwise | Dense | Pool | Combine;

interface Weighted {
  readonly input: number;
  readonly output: number;
  readonly kernel: string;
  readonly bias: string | null;
}

export interface Convolution extends Weighted {
  readonly kind: 'conv2d';
  readonly window: Window;
}

export interface Depthwise extends Weighted {
  readonly kind: 'depthwiseConv2d';
  readonly window: Window;
}

export interface Dense extends Weighted {
  readonly kind: 'dense';
}

export interface Pool {
  readonly kind: 'globalAvgPool';
  readonly input: number;
  readonly output: number;
}

/** output = [dropout] [relu] sum over branches of weight * [relu] mask * [batch norm] input. */
export interface Combine extends Sum {
  readonly kind: 'combine';
  readonly output: number;
}

interface Sum {
  readonly branches: readonly Branch[];
  readonly relu: boolean;
  readonly dropout: Dropout | null;
}

/** Acts while training. */
export interface Dropout {
  /** Its number among the dropout layers of the network, in order. */
  readonly layer: number;
  readonly rate: number;
}

export interface Branch {
  readonly input: number;
  readonly norm: Norm | null;
  /** Path of the operation whose channels are masked here; null for no mask. */
  readonly mask: string | null;
  readonly relu: boolean;
  /** Which candidate's weight the branch carries, as an index into all candidates of all mixed operations; null for weight 1. */
  readonly candidate: number | null;
}

/** A batch norm by the prefix of its parameters' names. */
export interface Norm {
  readonly path: string;
  readonly momentum: number;
  readonly epsilon: number;
}

export interface FusedProgram {
  readonly values: readonly Value[];
  /** In the order of execution. */
  readonly operations: readonly FusedOperation[];
  readonly input: number;
  /** The logits. */
  readonly output: number;
}

/** Whether a step needs a seed. */
export const dropsOut = ({ operations }: FusedProgram): boolean =>
  operations.some((operation) => operation.kind === 'combine' && operation.dropout !== null);

/** Hashes below the first number, as unsigned integers, drop their number; the second is the factor of all others. */
export const dropoutNumbers = ({ rate }: Dropout) => ({
  // Kernels receive integers as signed ones.
  dropped: Math.min(2 ** 32 - 1, Math.round(rate * 2 ** 32)) | 0,
  factor: 1 / (1 - rate),
});

/** The fused step cannot run a network; the text says what it does not cover. */
export class NotCovered extends ToldError {}

/** A value, or one that is not computed yet: the terms of a combine, to which later layers may add more. */
type Expression = number | Sum;

/**
 * @param masked paths of operations whose output is masked channel by channel; masks are not negative
 * @throws NotCovered when the network has an operation without a fused form
 */
export function compileProgram(plan: NetworkPlan, masked: ReadonlySet<string> = new Set()): FusedProgram {
  return new Compiler(plan, masked).compile();
}

class Compiler {
  readonly #values: Value[] = [];
  readonly #operations: FusedOperation[] = [];
  readonly #expressions = new Map<string, Expression>();
  readonly #readers = new Map<string, number>();
  readonly #firstCandidate = new Map<string, number>();
  #dropouts = 0;

  constructor(
    private readonly plan: NetworkPlan,
    private readonly masked: ReadonlySet<string>,
  ) {
    for (const { inputs } of plan.layers) for (const id of inputs) this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    let candidates = 0;
    for (const layer of mixedOps(plan)) {
      this.#firstCandidate.set(layer.id, candidates);
      candidates += layer.candidates.length;
    }
  }

  compile(): FusedProgram {
    const input = this.#value(this.plan.network.input);
    this.#expressions.set(INPUT, input);
    for (const layer of this.plan.layers) this.#expressions.set(layer.id, this.#layer(layer));
    const last = this.plan.layers.at(-1) as PlannedLayer;
    const output = this.#computed(last.id);
    if (output === input) throw new NotCovered(sayLater('the network computes nothing'));
    return { values: this.#values, operations: this.#operations, input, output };
  }

  #layer(layer: PlannedLayer): Expression {
    if (layer.kind === 'operation')
      return this.#operation(
        layer.operation,
        layer.inputs.map((id) => this.#operand(id)),
      );
    const from = this.#computed(layer.inputs[0] as string);
    const first = this.#firstCandidate.get(layer.id) as number;
    const branches = layer.candidates.map(({ chain }, index) => {
      const end = chain.reduce<Expression>((before, operation) => this.#operation(operation, [before]), from);
      return { ...this.#asBranch(end), candidate: first + index };
    });
    return sumOf(branches);
  }

  #operation(operation: PlannedOperation, operands: readonly Expression[]): Expression {
    const output = this.#unmasked(operation, operands);
    return this.masked.has(operation.path) ? this.#masked(output, operation.path) : output;
  }

  #masked(expression: Expression, path: string): Sum {
    const [only, ...others] = this.#terms(expression);
    const branch = only && others.length === 0 && !only.relu && only.mask === null && only.candidate === null ? only : null;
    return sumOf([{ ...(branch ?? plainBranch(this.#compute(expression))), mask: path }]);
  }

  #unmasked({ path, attributes, inputShapes, outputShape }: PlannedOperation, operands: readonly Expression[]): Expression {
    const operand = operands[0] as Expression;
    const shape = inputShapes[0] as Shape;
    switch (attributes.op) {
      case 'conv2d':
      case 'depthwiseConv2d': {
        const output = this.#value(outputShape);
        const { kernel, stride } = attributes;
        const [[top], [left]] = explicitPadding(heightAndWidth(shape), kernel, stride, attributes.padding);
        if (top >= kernel[0] || left >= kernel[1]) throw new NotCovered(sayLater('padding as large as the kernel ({path})', { path }));
        this.#operations.push({
          kind: attributes.op,
          input: this.#compute(operand),
          output,
          ...named(path, attributes.bias),
          window: { kernel, stride, top, left },
        });
        return output;
      }
      case 'dense': {
        const output = this.#value(outputShape);
        this.#operations.push({ kind: 'dense', input: this.#compute(operand), output, ...named(path, attributes.bias) });
        return output;
      }
      case 'batchNorm': {
        const { momentum, epsilon } = attributes;
        const norm = { path, momentum, epsilon };
        return sumOf([{ ...plainBranch(this.#compute(operand)), norm }]);
      }
      case 'relu':
        return rectified(operand);
      case 'add':
        return sumOf(operands.flatMap((each) => this.#terms(each)));
      case 'identity':
        return operand;
      case 'dropout':
        return attributes.rate === 0 ? operand : this.#dropped(operand, attributes.rate);
      case 'flatten':
        return this.#compute(operand);
      case 'avgPool':
        if (!coversAll(attributes, shape)) throw new NotCovered(sayLater('average pooling over a part of the picture'));
        return this.#pool(operand, outputShape);
      case 'globalAvgPool':
        return this.#pool(operand, outputShape);
      default:
        throw new NotCovered(`${attributes.op} (${path})`);
    }
  }

  #dropped(operand: Expression, rate: number): Sum {
    const whole = typeof operand === 'number' || operand.dropout ? sumOf([plainBranch(this.#compute(operand))]) : operand;
    return { ...whole, dropout: { layer: this.#dropouts++, rate } };
  }

  #pool(operand: Expression, outputShape: Shape): number {
    const output = this.#value(outputShape);
    this.#operations.push({ kind: 'globalAvgPool', input: this.#compute(operand), output });
    return output;
  }

  /** The expression that a layer reads. It may still grow if no other layer reads it. */
  #operand(id: string): Expression {
    return (this.#readers.get(id) ?? 0) > 1 ? this.#computed(id) : (this.#expressions.get(id) as Expression);
  }

  #computed(id: string): number {
    const value = this.#compute(this.#expressions.get(id) as Expression);
    this.#expressions.set(id, value);
    return value;
  }

  /** Adds the operation that computes a sum, and returns its value. */
  #compute(expression: Expression): number {
    if (typeof expression === 'number') return expression;
    const { height, width, channels } = this.#values[(expression.branches[0] as Branch).input] as Value;
    const output = this.#value([height, width, channels]);
    this.#operations.push({ kind: 'combine', output, ...expression });
    return output;
  }

  /** The operand of an add as terms of the sum. */
  #terms(expression: Expression): readonly Branch[] {
    if (typeof expression !== 'number' && !expression.relu && !expression.dropout) return expression.branches;
    return [plainBranch(this.#compute(expression))];
  }

  /** A candidate's output as the one branch that its weight multiplies. */
  #asBranch(expression: Expression): Branch {
    const [only, ...others] = this.#terms(expression);
    if (only && others.length === 0 && only.candidate === null) return only;
    return plainBranch(this.#compute(expression));
  }

  #value(shape: Shape): number {
    const [height, width, channels] = shape.length === 3 ? shape : [1, 1, numbersIn(shape)];
    this.#values.push({ height: height as number, width: width as number, channels: channels as number });
    return this.#values.length - 1;
  }
}

const plainBranch = (input: number): Branch => ({ input, norm: null, mask: null, relu: false, candidate: null });

const sumOf = (branches: readonly Branch[]): Sum => ({ branches, relu: false, dropout: null });

/** A dropout may stay behind the ReLU, since its factors are not negative. */
function rectified(expression: Expression): Sum {
  const sum = typeof expression === 'number' ? sumOf([plainBranch(expression)]) : expression;
  const [only, ...others] = sum.branches;
  // A ReLU on a single unweighted branch becomes part of the branch, so that a mixed operation can absorb it.
  if (only && others.length === 0 && only.candidate === null) return { ...sum, branches: [{ ...only, relu: true }] };
  return { ...sum, relu: true };
}

function named(path: string, bias: boolean): { kernel: string; bias: string | null } {
  return { kernel: `${path}/kernel`, bias: bias ? `${path}/bias` : null };
}

function coversAll({ kernel }: Extract<Attributes, { op: 'avgPool' }>, shape: Shape): boolean {
  return kernel[0] === shape[0] && kernel[1] === shape[1];
}
