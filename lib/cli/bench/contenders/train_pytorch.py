"""PyTorch as a contender of `inkwell bench training`: the nets and one step of SGD.

Arguments: the data folder, the number of threads, `eager` or `compiled`.
"""

import sys

import torch
from torch import nn

from serve import read_data, serve

folder, threads, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
torch.set_num_threads(threads)


class LastState(nn.Module):
    """An LSTM over the rows of a picture; what it shows after the last."""

    def __init__(self, units):
        super().__init__()
        self.lstm = nn.LSTM(28, units, batch_first=True)

    def forward(self, rows):
        return self.lstm(rows)[0][:, -1]


def layers_of(net):
    """The layers, and the shape of a picture that goes in."""
    if net["kind"] == "dense":
        sizes = [784, *net["hidden"]]
        hidden = [layer for a, b in zip(sizes, sizes[1:]) for layer in (nn.Linear(a, b), nn.ReLU())]
        return [*hidden, nn.Linear(sizes[-1], 10)], (784,)
    if net["kind"] == "lstm":
        return [LastState(net["units"]), nn.Linear(net["units"], 10)], (28, 28)
    drop = [nn.Dropout(net["dropout"])] if net["dropout"] > 0 else []
    sizes = [640, *net["hidden"]]
    hidden = [layer for a, b in zip(sizes, sizes[1:]) for layer in (*drop, nn.Linear(a, b), nn.ReLU())]
    convolutions = [nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Conv2d(20, 40, 5), nn.MaxPool2d(2), nn.ReLU()]
    return [*convolutions, nn.Flatten(), *hidden, *drop, nn.Linear(sizes[-1], 10)], (1, 28, 28)


def initialize(model):
    """Weights N(0, 1 / fan-in), biases zero, as all contenders have them."""
    torch.manual_seed(1)
    for parameter in model.parameters():
        if parameter.dim() > 1:
            fan_in = parameter[0].numel()
            nn.init.normal_(parameter, 0.0, fan_in**-0.5)
        else:
            nn.init.zeros_(parameter)


def prepare(workload):
    """A function that takes a step and returns its loss."""
    images, labels = read_data(folder)
    layers, shape = layers_of(workload["net"])
    model = nn.Sequential(*layers)
    initialize(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=workload["learningRate"])
    loss_of = nn.CrossEntropyLoss()
    size = workload["batchSize"]
    count = len(labels) // size * size
    xs = torch.from_numpy(images[:count]).reshape(-1, size, *shape)
    ys = torch.from_numpy(labels[:count].astype("int64")).reshape(-1, size)

    def forward(x, y):
        return loss_of(model(x), y)

    torch.compiler.reset()
    run = torch.compile(forward) if mode == "compiled" else forward
    state = {"step": 0}

    def step():
        i = state["step"] % len(xs)
        state["step"] += 1
        loss = run(xs[i], ys[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


serve({"version": torch.__version__, "threads": threads}, prepare, lambda loss: loss.item())
