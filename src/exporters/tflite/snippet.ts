import { PYTHON_AROUND_INT8 } from '../int8/python';

/** Runs model.tflite in Python. Shapes, scales and classes come from card.json, so that the text is the same for every network. */
export const LITERT_SNIPPET = `# pip install ai-edge-litert numpy
import json
import numpy as np
from ai_edge_litert.interpreter import Interpreter

card = json.load(open("card.json"))
network = Interpreter(model_path="model.tflite")
network.allocate_tensors()
reads, writes = network.get_input_details()[0], network.get_output_details()[0]


def compute(q):
    network.set_tensor(reads["index"], q[None])
    network.invoke()
    return network.get_tensor(writes["index"])[0]
${PYTHON_AROUND_INT8}`;

/** Runs model.tflite on a microcontroller. */
export const MICRO_SNIPPET = `// First turn the file into a header:
//   (echo "alignas(16) const"; xxd -i model.tflite) > model_data.h
// In an Arduino sketch, include the header of your library of TensorFlow Lite Micro before these.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"
#include "model_data.h"

// Put "arenaBytes" of "tflite" in card.json here. The kernels of CMSIS-NN take some more.
constexpr size_t arena_size = 100000;
alignas(16) static uint8_t arena[arena_size];
static tflite::MicroInterpreter *interpreter = nullptr;

// Call it once. Returns false where the arena is too small; the library then prints by how much.
bool begin_network() {
  // To save flash memory, leave out what "operations" of "tflite" in card.json does not list.
  static tflite::MicroMutableOpResolver<9> operations;
  operations.AddAdd();
  operations.AddAveragePool2D();
  operations.AddConv2D();
  operations.AddDepthwiseConv2D();
  operations.AddFullyConnected();
  operations.AddMaxPool2D();
  operations.AddPad();
  operations.AddReshape();
  operations.AddSoftmax();
  static tflite::MicroInterpreter made(tflite::GetModel(model_tflite), operations, arena, arena_size);
  interpreter = &made;
  return made.AllocateTensors() == kTfLiteOk;
}

// x: an example as int8 numbers, as "quantize" in card.json says. Returns the index of the largest output, or -1.
int classify(const int8_t *x) {
  TfLiteTensor *input = interpreter->input(0);
  memcpy(input->data.int8, x, input->bytes);
  if (interpreter->Invoke() != kTfLiteOk) return -1;
  const TfLiteTensor *output = interpreter->output(0);
  int best = 0;
  for (int i = 1; i < static_cast<int>(output->bytes); i++)
    if (output->data.int8[i] > output->data.int8[best]) best = i;
  return best;
}
`;
