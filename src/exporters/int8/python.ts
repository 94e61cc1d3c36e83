/** What the Python snippets of all formats share: how values become int8 numbers and back, and a check by the golden outputs. */

/** Stands behind `compute`, a function from one example of int8 numbers to its outputs as int8 numbers, both channels last. */
export const PYTHON_AROUND_INT8 = `

def run(values):
    """values: one example of the shape in card["input"]; returns the outputs as real numbers"""
    x = np.asarray(values, np.float32).reshape(card["input"]["shape"])
    if card["input"]["values"].startswith("bytes"):
        x = x / 255
    x = (x - card["input"]["mean"]) / card["input"]["deviation"]
    q = np.round(x / card["input"]["scale"]) + card["input"]["zeroPoint"]
    y = compute(np.clip(q, -128, 127).astype(np.int8)).astype(np.float32)
    return card["output"]["scale"] * (y - card["output"]["zeroPoint"])


# First see that this program computes the right numbers. ONNX Runtime may be one step off where a pool or a sum lies
# halfway between two, and a few steps behind that.
size, outputs = np.prod(card["input"]["shape"]), np.prod(card["output"]["shape"])
for case in np.fromfile("golden.bin", np.int8).reshape(card["golden"]["cases"], -1):
    x, double, float32 = np.split(case, [size, size + outputs])
    y = compute(x.reshape(card["input"]["shape"])).reshape(-1)
    off = min(np.abs(y.astype(int) - wanted).max() for wanted in (double, float32))
    print("golden outputs:", "equal" if off == 0 else f"{off} off")

y = run(np.zeros(card["input"]["shape"]))  # put your example here
print(card["output"]["classes"][y.argmax()] if "classes" in card["output"] else y)
`;
