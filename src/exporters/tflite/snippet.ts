/** Runs model.tflite in Python. Shapes, scales and classes come from card.json, so that the text is the same for every network. */
export const LITERT_SNIPPET = `# pip install ai-edge-litert numpy
import json
import numpy as np
from ai_edge_litert.interpreter import Interpreter

card = json.load(open("card.json"))
network = Interpreter(model_path="model.tflite")
network.allocate_tensors()
reads, writes = network.get_input_details()[0], network.get_output_details()[0]


def run(values):
    """values: one example of the shape in card["input"]; returns the outputs as real numbers"""
    x = np.asarray(values, np.float32).reshape(card["input"]["shape"])
    if card["input"]["values"].startswith("bytes"):
        x = x / 255
    x = (x - card["input"]["mean"]) / card["input"]["deviation"]
    q = np.round(x / card["input"]["scale"]) + card["input"]["zeroPoint"]
    network.set_tensor(reads["index"], np.clip(q, -128, 127).astype(np.int8)[None])
    network.invoke()
    y = network.get_tensor(writes["index"])[0].astype(np.float32)
    return card["output"]["scale"] * (y - card["output"]["zeroPoint"])


outputs = run(np.zeros(card["input"]["shape"]))  # put your example here
print(card["output"]["classes"][outputs.argmax()] if "classes" in card["output"] else outputs)
`;
