/**
 * The parts of the TFLite format that int8 networks need: slots of tables, and codes.
 * Source: tensorflow/lite/schema/schema.fbs (schema version 3).
 */
export const IDENTIFIER = 'TFL3';
export const SCHEMA_VERSION = 3;

export const model = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadata: 6,
  signatures: 7,
  slots: 8,
} as const;
export const operatorCode = { deprecatedCode: 0, version: 2, code: 3, slots: 4 } as const;
export const subgraph = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4, slots: 5 } as const;
export const tensor = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4, slots: 5 } as const;
export const quantization = { scale: 2, zeroPoint: 3, dimension: 6, slots: 7 } as const;
export const operator = { code: 0, inputs: 1, outputs: 2, optionsType: 3, options: 4, slots: 5 } as const;
export const buffer = { data: 0, slots: 1 } as const;
export const metadata = { name: 0, buffer: 1, slots: 2 } as const;
export const signature = { inputs: 0, outputs: 1, key: 2, slots: 5 } as const;
export const tensorMap = { name: 0, tensor: 1, slots: 2 } as const;

export const convOptions = { padding: 0, strideW: 1, strideH: 2, activation: 3, dilationW: 4, dilationH: 5, slots: 6 } as const;
export const depthwiseOptions = {
  padding: 0,
  strideW: 1,
  strideH: 2,
  multiplier: 3,
  activation: 4,
  dilationW: 5,
  dilationH: 6,
  slots: 7,
} as const;
export const poolOptions = { padding: 0, strideW: 1, strideH: 2, kernelW: 3, kernelH: 4, activation: 5, slots: 6 } as const;
export const denseOptions = { activation: 0, weightsFormat: 1, slots: 4 } as const;
export const softmaxOptions = { beta: 0, slots: 1 } as const;
export const addOptions = { activation: 0, slots: 2 } as const;
export const reshapeOptions = { shape: 0, slots: 1 } as const;

export const types = { FLOAT32: 0, FLOAT16: 1, INT32: 2, UINT8: 3, INT16: 7, INT8: 9 } as const;
export const SAME = 0;
export const VALID = 1;

/** An operator's code, the type of its options, and the version that int8 needs, as TensorFlow's converter writes it. */
export interface BuiltIn {
  readonly code: number;
  readonly options: number;
  readonly version: number;
}

export const builtIns = {
  ADD: { code: 0, options: 11, version: 2 },
  AVERAGE_POOL_2D: { code: 1, options: 5, version: 2 },
  CONV_2D: { code: 3, options: 1, version: 3 },
  DEPTHWISE_CONV_2D: { code: 4, options: 2, version: 3 },
  FULLY_CONNECTED: { code: 9, options: 8, version: 4 },
  MAX_POOL_2D: { code: 17, options: 5, version: 2 },
  RESHAPE: { code: 22, options: 17, version: 1 },
  SOFTMAX: { code: 25, options: 9, version: 2 },
  PAD: { code: 34, options: 22, version: 1 },
} as const satisfies Record<string, BuiltIn>;

export type BuiltInName = keyof typeof builtIns;

/** Activations by their code; 2 limits to -1 and 1, which no network here has. */
export const activations = { none: 0, relu: 1, relu6: 3 } as const;

/** Frequent operators that networks here do not have, by their code, to name them where a file has one. */
export const otherOperators: Readonly<Record<number, string>> = {
  2: 'CONCATENATION',
  6: 'DEQUANTIZE',
  14: 'LOGISTIC',
  18: 'MUL',
  19: 'RELU',
  21: 'RELU6',
  23: 'RESIZE_BILINEAR',
  28: 'TANH',
  32: 'CUSTOM',
  36: 'GATHER',
  39: 'TRANSPOSE',
  40: 'MEAN',
  41: 'SUB',
  43: 'SQUEEZE',
  45: 'STRIDED_SLICE',
  49: 'SPLIT',
  67: 'TRANSPOSE_CONV',
  70: 'EXPAND_DIMS',
  77: 'SHAPE',
  83: 'PACK',
  97: 'RESIZE_NEAREST_NEIGHBOR',
  98: 'LEAKY_RELU',
  114: 'QUANTIZE',
  117: 'HARD_SWISH',
  129: 'CALL_ONCE',
  142: 'VAR_HANDLE',
};

/** What stands around an int8 network that is fed with floats or bytes: it rescales its input, and its output. */
export const rescaling = { QUANTIZE: 114, DEQUANTIZE: 6 } as const;
