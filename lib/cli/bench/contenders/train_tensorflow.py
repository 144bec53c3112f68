"""TensorFlow in Python as a contender of `inkwell bench training`: the nets and one step of SGD.

Arguments: the data folder, the number of threads. Each step is a `tf.function`.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
import tensorflow as tf  # noqa: E402

from serve import read_data, serve  # noqa: E402

folder, threads = sys.argv[1], int(sys.argv[2])
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)


def weights(*shape):
    """N(0, 1 / fan-in), as all contenders have them."""
    fan_in = 1
    for size in shape[:-1]:
        fan_in *= size
    return tf.Variable(tf.random.normal(shape, stddev=fan_in**-0.5, seed=1))


def dense_layers(sizes):
    return [(weights(a, b), tf.Variable(tf.zeros(b))) for a, b in zip(sizes, sizes[1:])]


def apply_dense(h, layers, dropout=0.0):
    for i, (w, b) in enumerate(layers):
        if dropout > 0:
            h = tf.nn.dropout(h, rate=dropout)
        h = tf.matmul(h, w) + b
        if i < len(layers) - 1:
            h = tf.nn.relu(h)
    return h


def dense_net(net):
    layers = dense_layers([784, *net["hidden"], 10])
    return (784,), [v for layer in layers for v in layer], lambda x: apply_dense(x, layers)


def conv_net(net):
    filters = [(weights(5, 5, 1, 20), tf.Variable(tf.zeros(20))), (weights(5, 5, 20, 40), tf.Variable(tf.zeros(40)))]
    layers = dense_layers([640, *net["hidden"], 10])

    def logits(h):
        for kernel, bias in filters:
            h = tf.nn.bias_add(tf.nn.conv2d(h, kernel, 1, "VALID"), bias)
            h = tf.nn.relu(tf.nn.max_pool2d(h, 2, 2, "VALID"))
        return apply_dense(tf.reshape(h, (-1, 640)), layers, net["dropout"])

    return (28, 28, 1), [v for layer in filters + layers for v in layer], logits


def lstm_net(net):
    units = net["units"]
    w, u, b = weights(28, 4 * units), weights(units, 4 * units), tf.Variable(tf.zeros(4 * units))
    layers = dense_layers([units, 10])

    def logits(x):
        rows = tf.reshape(tf.transpose(x, (1, 0, 2)), (-1, 28))
        inputs = tf.unstack(tf.reshape(tf.matmul(rows, w) + b, (28, x.shape[0], 4 * units)))
        h = c = tf.zeros((x.shape[0], units))
        for z in inputs:
            i, f, g, o = tf.split(z + tf.matmul(h, u), 4, axis=1)
            c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
            h = tf.sigmoid(o) * tf.tanh(c)
        return apply_dense(h, layers)

    return (28, 28), [w, u, b, *layers[0]], logits


NETS = {"dense": dense_net, "conv": conv_net, "lstm": lstm_net}


def prepare(workload):
    """A function that takes a step and returns its loss."""
    if workload["task"] != "train" or "shape" not in workload:
        raise ValueError("not written for it here")
    tf.keras.backend.clear_session()
    images, labels = read_data(folder)
    shape, variables, logits = NETS[workload["shape"]["kind"]](workload["shape"])
    size, rate = workload["batchSize"], workload["learningRate"]
    count = len(labels) // size * size
    xs = tf.unstack(tf.constant(images[:count].reshape(-1, size, *shape)))
    ys = tf.unstack(tf.constant(labels[:count].astype("int32").reshape(-1, size)))

    @tf.function
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits(x)))
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        return loss

    state = {"step": 0}

    def step():
        i = state["step"] % len(xs)
        state["step"] += 1
        return train(xs[i], ys[i])

    return step


serve({"version": tf.__version__, "threads": threads}, prepare, lambda loss: float(loss))
