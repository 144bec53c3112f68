"""ONNX Runtime as a contender of `inkwell bench training`: predictions of nets that PyTorch exports.

Arguments: the data folder, the number of threads.
"""

import os
import sys
import tempfile

import numpy
import onnxruntime
import torch

from serve import batches_of, serve
from torch_layers import build

folder, threads = sys.argv[1], int(sys.argv[2])


def session_of(model, example):
    """The exported net, optimised and ready."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    with tempfile.TemporaryDirectory(dir=folder) as place:
        file = os.path.join(place, "net.onnx")
        torch.onnx.export(model, (example,), file, input_names=["x"], output_names=["y"], verbose=False)
        return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def prepare(workload):
    """A function that predicts a batch and returns the mean square of its outputs."""
    if workload["task"] != "predict":
        raise ValueError("it only predicts")
    model, shape = build(workload["spec"])
    images, _ = batches_of(folder, workload, shape)
    session = session_of(model.eval(), torch.from_numpy(images[0]))
    state = {"step": 0}

    def step():
        i = state["step"] % len(images)
        state["step"] += 1
        (outputs,) = session.run(["y"], {"x": images[i]})
        return outputs

    return step


serve(
    {"version": onnxruntime.__version__, "threads": threads},
    prepare,
    lambda outputs: float(numpy.square(outputs).mean()),
)
