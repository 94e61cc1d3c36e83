"""Times training steps of a network in PyTorch: the peer of our own step, on the same network and batch.

Reads one JSON line per request from standard input: {"network", "batch", "threads", "steps", "device", and perhaps "loss" and
"inRow"}; answers each with {"times": [milliseconds], "loss", and "inRow" if asked for, milliseconds per step of so many in a row}. The network is the workbench's own description. A step is forward, softmax
cross-entropy or mean squared error plus a penalty on the expected cost of the candidates, backward, and one Adam step each for
weights and architecture.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Operation(nn.Module):
    """One operation of the description; `shape` is [height, width, channels] or [channels] going in."""

    def __init__(self, spec, shape):
        super().__init__()
        self.spec = spec
        op = spec["op"]
        channels = shape[-1]
        self.shape = list(shape)
        if op in ("conv2d", "depthwiseConv2d"):
            filters = spec["filters"] if op == "conv2d" else channels
            (top, bottom), (left, right) = ((0, 0), (0, 0)) if spec["padding"] == "valid" else spec["padding"]
            # Symmetric padding is the convolution's own; PyTorch pads a copy otherwise.
            self.pad = None if (top, left) == (bottom, right) else (left, right, top, bottom)
            self.layer = nn.Conv2d(
                channels,
                filters,
                spec["kernel"],
                spec["stride"],
                padding=(top, left) if self.pad is None else 0,
                groups=1 if op == "conv2d" else channels,
                bias=spec["bias"],
            )
            height = (shape[0] + top + bottom - spec["kernel"][0]) // spec["stride"][0] + 1
            width = (shape[1] + left + right - spec["kernel"][1]) // spec["stride"][1] + 1
            self.shape = [height, width, filters]
        elif op == "batchNorm":
            norm = nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d
            self.layer = norm(channels, eps=spec["epsilon"], momentum=1 - spec["momentum"])
        elif op == "dense":
            self.layer = nn.Linear(channels, spec["units"], bias=spec["bias"])
            self.shape = [spec["units"]]
        elif op == "globalAvgPool":
            self.shape = [channels]
        elif op not in ("relu", "add", "identity"):
            raise ValueError(f"no operation {op} here")

    def forward(self, *inputs):
        op = self.spec["op"]
        x = inputs[0]
        if op in ("conv2d", "depthwiseConv2d"):
            return self.layer(F.pad(x, self.pad) if self.pad else x)
        if op in ("batchNorm", "dense"):
            return self.layer(x)
        if op == "relu":
            return F.relu(x)
        if op == "add":
            return sum(inputs[1:], x)
        if op == "globalAvgPool":
            return x.mean((2, 3))
        return x


class Chain(nn.Module):
    def __init__(self, specs, shape):
        super().__init__()
        self.operations = nn.ModuleList()
        for spec in specs:
            self.operations.append(Operation(spec, shape))
            shape = self.operations[-1].shape
        self.shape = shape

    def forward(self, x):
        for operation in self.operations:
            x = operation(x)
        return x


class Mixed(nn.Module):
    def __init__(self, spec, shape):
        super().__init__()
        self.candidates = nn.ModuleList(Chain(candidate["layers"], shape) for candidate in spec["candidates"])
        self.alpha = nn.Parameter(torch.full((len(self.candidates),), 1 / len(self.candidates)))
        self.shape = self.candidates[0].shape

    def forward(self, x):
        weights = torch.softmax(self.alpha, 0)
        return sum(weight * candidate(x) for weight, candidate in zip(weights, self.candidates))


class Network(nn.Module):
    def __init__(self, spec):
        super().__init__()
        shapes = {"input": spec["input"]}
        self.order = []
        self.layers = nn.ModuleList()
        for layer in spec["layers"]:
            made = (Mixed if layer["op"] == "mixedOp" else Operation)(layer, shapes[layer["inputs"][0]])
            shapes[layer["id"]] = made.shape
            self.layers.append(made)
            self.order.append((layer["id"], layer["inputs"]))

    def forward(self, x):
        values = {"input": x}
        for (name, inputs), layer in zip(self.order, self.layers):
            values[name] = layer(*(values[i] for i in inputs))
        return values[self.order[-1][0]]


def measure(request):
    torch.set_num_threads(request["threads"])
    torch.manual_seed(1)
    device = request.get("device", "cpu")
    network = Network(request["network"]).to(device)
    mixed = [layer for layer in network.layers if isinstance(layer, Mixed)]
    alphas = [layer.alpha for layer in mixed]
    ours = {id(alpha) for alpha in alphas}
    weights = [p for p in network.parameters() if id(p) not in ours]
    costs = [torch.rand(2, len(layer.candidates), device=device) for layer in mixed]
    optimizers = [torch.optim.Adam(weights, lr=1e-3, weight_decay=1e-4)]
    if alphas:
        optimizers.append(torch.optim.Adam(alphas, lr=1e-2))
    *sides, channels = request["network"]["input"]
    batch = request["batch"]
    x = torch.randn(batch, channels, *sides, device=device)
    if request.get("loss") == "meanSquaredError":
        loss_of = lambda outputs: F.mse_loss(outputs, x)
    else:
        labels = torch.arange(batch, device=device) % request["network"]["layers"][-1]["units"]
        loss_of = lambda outputs: F.cross_entropy(outputs, labels)

    def step():
        loss = loss_of(network(x))
        if mixed:
            expected = sum(cost @ torch.softmax(layer.alpha, 0) for cost, layer in zip(costs, mixed))
            loss = loss + (torch.relu(expected - 1) * 0.1).sum()
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        return loss

    times = []
    for _ in range(request["steps"]):
        started = time.perf_counter()
        value = step().item()
        times.append(1000 * (time.perf_counter() - started))
    measured = {"times": times, "loss": value}
    if request.get("inRow"):
        started = time.perf_counter()
        for _ in range(request["inRow"]):
            loss = step()
        loss.item()
        measured["inRow"] = 1000 * (time.perf_counter() - started) / request["inRow"]
    return measured


# The usual setting for pictures of one size: the fastest algorithm of each convolution is looked for once.
torch.backends.cudnn.benchmark = True
card = torch.cuda.get_device_name() if torch.cuda.is_available() else None
print(json.dumps({"torch": torch.__version__, "card": card}), flush=True)
for line in sys.stdin:
    print(json.dumps(measure(json.loads(line))), flush=True)
