"""PyTorch as a contender of `inkwell bench training`.

Arguments: the data folder, the number of threads, `eager` or `compiled`, and `channels_last`
or `contiguous`.
"""

import sys

import torch
from torch import nn

from serve import batches_of, serve
from torch_layers import build

folder, threads, mode, layout = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
torch.set_num_threads(threads)


def placed(thing):
    """Pictures and nets in the memory layout that is measured."""
    return thing.to(memory_format=torch.channels_last) if layout == "channels_last" else thing


def prepare_training(workload, model, xs, ys):
    optimizers = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    optimizer = optimizers[workload["optimizer"]](model.parameters(), lr=workload["learningRate"])
    loss_of = nn.CrossEntropyLoss()

    def forward(x, y):
        return loss_of(model(x), y)

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


def prepare_predicting(model, xs):
    model.eval()
    run = torch.compile(model) if mode == "compiled" else model
    state = {"step": 0}

    def step():
        i = state["step"] % len(xs)
        state["step"] += 1
        with torch.inference_mode():
            return run(xs[i]).square().mean()

    return step


def prepare(workload):
    """A function that takes a step and returns its loss, or the mean square of what it predicts."""
    torch.compiler.reset()
    model, shape = build(workload["spec"])
    if layout == "channels_last" and len(shape) != 3:
        raise ValueError("its inputs are no pictures")
    model = placed(model)
    images, labels = batches_of(folder, workload, shape)
    xs = [placed(torch.from_numpy(batch)) for batch in images]
    if workload["task"] == "predict":
        return prepare_predicting(model, xs)
    return prepare_training(workload, model, xs, [torch.from_numpy(batch.astype("int64")) for batch in labels])


serve({"version": torch.__version__, "threads": threads}, prepare, lambda loss: loss.item())
