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


def run(values):
    """values: one example of the shape in card["input"]; returns the outputs as real numbers"""
    x = np.asarray(values, np.float32).reshape(card["input"]["shape"])
    if card["input"]["values"].startswith("bytes"):
        x = x / 255
    x = (x - card["input"]["mean"]) / card["input"]["deviation"]
    q = np.round(x / card["input"]["scale"]) + card["input"]["zeroPoint"]
    q = np.clip(q, -128, 127).astype(np.int8)
    if q.ndim == 3:  # the file has channels first
        q = q.transpose(2, 0, 1)
    y = network.run(None, {network.get_inputs()[0].name: q[None]})[0][0].astype(np.float32)
    return card["output"]["scale"] * (y - card["output"]["zeroPoint"])


outputs = run(np.zeros(card["input"]["shape"]))  # put your example here
print(card["output"]["classes"][outputs.argmax()] if "classes" in card["output"] else outputs)
`;
