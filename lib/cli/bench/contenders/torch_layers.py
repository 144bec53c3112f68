"""Nets of PyTorch from layers as data (lib/layers/spec.ts), pictures as `[batch, channels, height, width]`."""

import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


class Last(nn.Module):
    """A recurrent layer over the rows of a picture; what it shows after the last."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, rows):
        return self.layer(rows)[0][:, -1]


class Sum(nn.Module):
    """A body and a way round it."""

    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


class SideBySide(nn.Module):
    """Branches of one input, one after the other on the axis of channels."""

    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


def windows(size, stride, padding, kernel):
    """How many places a window has along a side."""
    around = (kernel - 1) // 2 if padding == "same" else 0
    return (size + 2 * around - kernel) // stride + 1, around


def conv(spec, shape):
    channels, height, width = shape
    kernel, stride, groups = spec["size"], spec.get("stride", 1), spec.get("groups", 1)
    padding = spec.get("padding", "valid")
    (rows, around), (columns, _) = windows(height, stride, padding, kernel), windows(width, stride, padding, kernel)
    bias = spec.get("biases") != "none"
    layer = nn.Conv2d(channels, spec["filters"], kernel, stride, around, groups=groups, bias=bias)
    return layer, (spec["filters"], rows, columns)


def pool(spec, shape):
    channels, height, width = shape
    if spec["size"] == "global":
        return nn.AdaptiveAvgPool2d(1), (channels, 1, 1)
    kernel = spec["size"]
    stride, padding = spec.get("stride", kernel), spec.get("padding", "valid")
    (rows, around), (columns, _) = windows(height, stride, padding, kernel), windows(width, stride, padding, kernel)
    kind = nn.MaxPool2d if spec["method"] == "max" else nn.AvgPool2d
    return kind(kernel, stride, around), (channels, rows, columns)


def layer_of(spec, shape):
    """A layer, and the shape of what it puts out for one example."""
    kind = spec["kind"]
    if kind == "dense":
        return nn.Linear(shape[-1], spec["units"]), (*shape[:-1], spec["units"])
    if kind == "conv":
        return conv(spec, shape)
    if kind == "pool":
        return pool(spec, shape)
    if kind == "activation":
        return ACTIVATIONS[spec["name"]](), shape
    if kind == "dropout":
        return nn.Dropout(spec["rate"]), shape
    if kind == "flatten":
        size = 1
        for side in shape:
            size *= side
        return nn.Flatten(), (size,)
    if kind == "batch-norm":
        norm = nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d
        return norm(shape[0]), shape
    if kind == "local-response":
        channels = spec.get("channels", 5)
        alpha = spec.get("alpha", 1e-4) * channels  # PyTorch divides by them
        return nn.LocalResponseNorm(channels, alpha, spec.get("beta", 0.75), spec.get("bias", 2)), shape
    if kind in ("lstm", "gru", "recurrent"):
        make = {"lstm": nn.LSTM, "gru": nn.GRU, "recurrent": nn.RNN}[kind]
        return Last(make(shape[-1], spec["units"], batch_first=True)), (spec["units"],)
    if kind == "residual":
        body, after = chain(spec["body"], shape)
        return Sum(body, chain(spec.get("shortcut", []), shape)[0]), after
    if kind == "parallel":
        branches = [chain(branch, shape) for branch in spec["branches"]]
        _, rows, columns = branches[0][1]
        channels = sum(after[0] for _, after in branches)
        return SideBySide([branch for branch, _ in branches]), (channels, rows, columns)
    raise ValueError(f"there is no layer of kind {kind} here")


def chain(specs, shape):
    """Layers one after the other."""
    layers = []
    for spec in specs:
        layer, shape = layer_of(spec, shape)
        layers.append(layer)
    return nn.Sequential(*layers), shape


def input_shape(spec):
    """One example's shape as PyTorch has it: channels first."""
    shape = spec["inputShape"]
    return (shape[2], shape[0], shape[1]) if len(shape) == 3 else tuple(shape)


def initialize(model):
    """Weights N(0, 1 / fan-in), biases zero."""
    torch.manual_seed(1)
    for name, parameter in model.named_parameters():
        if parameter.dim() > 1:
            nn.init.normal_(parameter, 0.0, parameter[0].numel() ** -0.5)
        elif "bias" in name:
            nn.init.zeros_(parameter)


def build(spec):
    """The net of a specification, and the shape of one example."""
    shape = input_shape(spec)
    model, _ = chain(spec["layers"], shape)
    initialize(model)
    return model, shape
