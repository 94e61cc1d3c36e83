import { PYTHON_AROUND_INT8 } from '../int8/python';

/** Runs model.onnx in Python. Shapes, scales and classes come from card.json, so that the text is the same for every network. */
export const ONNX_SNIPPET = `# pip install onnxruntime numpy
import json
import numpy as np
import onnxruntime

card = json.load(open("card.json"))
options = onnxruntime.SessionOptions()
# Without it, x86-64 computes convolutions as floats.
options.add_session_config_entry("session.qdqisint8allowed", "1")
network = onnxruntime.InferenceSession("model.onnx", options, providers=["CPUExecutionProvider"])


def compute(q):
    if q.ndim == 3:  # the file has channels first
        q = q.transpose(2, 0, 1)
    y = network.run(None, {network.get_inputs()[0].name: q[None]})[0][0]
    return y.transpose(1, 2, 0) if y.ndim == 3 else y
${PYTHON_AROUND_INT8}`;
