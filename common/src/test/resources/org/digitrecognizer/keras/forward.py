"""Reads a whole Keras model from an .h5 file with h5py, asks for all that Keras' own loader asks for, and predicts with
NumPy alone: python3 forward.py MODEL.h5 PIXELS PREDICTIONS, where PIXELS holds float32 [images, 28, 28, 1]."""

import json
import sys

import h5py
import numpy as np


def text(value):
    return value.decode("utf8") if hasattr(value, "decode") else value


def names(group, attribute):
    return [text(name) for name in group.attrs[attribute]]


def windows(x, size, strides, padding, fill, dilation=(1, 1)):
    """[images, rows, columns, channels, size, size], as TensorFlow pads."""
    span = [(s - 1) * d + 1 for s, d in zip(size, dilation)]
    if padding == "same":
        pads = []
        for length, window, stride in zip(x.shape[1:3], span, strides):
            total = max((-(-length // stride) - 1) * stride + window - length, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=fill)
    else:
        assert padding == "valid", padding
    view = np.lib.stride_tricks.sliding_window_view(x, span, axis=(1, 2))
    return view[:, :: strides[0], :: strides[1], :, :: dilation[0], :: dilation[1]]


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
ACTIVATIONS = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softmax": softmax,
    "elu": lambda x: np.where(x > 0, x, np.expm1(x)),
    "selu": lambda x: SELU_SCALE * np.where(x > 0, x, SELU_ALPHA * np.expm1(x)),
    "softplus": lambda x: np.log1p(np.exp(x)),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "swish": lambda x: x / (1 + np.exp(-x)),
}


def relu(x, config):
    y = np.where(x >= config["threshold"], x, config["negative_slope"] * (x - config["threshold"]))
    return y if config["max_value"] is None else np.minimum(y, config["max_value"])


def apply(kind, config, weights, x):
    if kind in ("Dropout", "InputLayer"):
        return x
    if kind == "Flatten":
        return x.reshape(len(x), -1)
    if kind == "Activation":
        return ACTIVATIONS[config["activation"]](x)
    if kind == "LeakyReLU":
        return np.where(x > 0, x, config["alpha"] * x)
    if kind == "ELU":
        return np.where(x > 0, x, config["alpha"] * np.expm1(x))
    if kind == "ReLU":
        return relu(x, config)
    if kind == "Dense":
        y = x @ weights["kernel"] + weights.get("bias", 0)
        assert ("bias" in weights) == config["use_bias"]
        return ACTIVATIONS[config["activation"]](y)
    if kind == "Conv2D":
        assert config["data_format"] == "channels_last" and config["groups"] == 1
        view = windows(x, config["kernel_size"], config["strides"], config["padding"], 0, config["dilation_rate"])
        y = np.einsum("nyxcij,ijco->nyxo", view, weights["kernel"], optimize=True) + weights.get("bias", 0)
        assert ("bias" in weights) == config["use_bias"]
        return ACTIVATIONS[config["activation"]](y)
    if kind == "MaxPooling2D":
        return windows(x, config["pool_size"], config["strides"], config["padding"], -np.inf).max(axis=(4, 5))
    if kind == "AveragePooling2D":
        return np.nanmean(windows(x, config["pool_size"], config["strides"], config["padding"], np.nan), axis=(4, 5))
    if kind == "GlobalAveragePooling2D":
        return x.mean(axis=(1, 2))
    if kind == "GlobalMaxPooling2D":
        return x.max(axis=(1, 2))
    if kind == "BatchNormalization":
        assert config["axis"] == -1
        scaled = (x - weights["moving_mean"]) / np.sqrt(weights["moving_variance"] + config["epsilon"])
        return scaled * weights["gamma"] + weights["beta"]
    raise ValueError(kind)


def main(model, pixels, predictions):
    x = np.fromfile(pixels, dtype="<f4").reshape(-1, 28, 28, 1).astype("f8")
    with h5py.File(model, "r") as file:
        assert text(file.attrs["keras_version"]).split(".")[0] == "2"
        assert text(file.attrs["backend"]) == "tensorflow"
        training = json.loads(text(file.attrs["training_config"]))
        assert training["optimizer_config"]["class_name"] == "Adadelta"
        assert set(training["optimizer_config"]["config"]) >= {"learning_rate", "rho", "epsilon"}
        assert training["loss"] == "categorical_crossentropy"
        config = json.loads(text(file.attrs["model_config"]))
        assert config["class_name"] == "Sequential"
        layers = config["config"]["layers"]
        assert layers[0]["class_name"] == "InputLayer"
        assert layers[0]["config"]["batch_input_shape"] == [None, 28, 28, 1]
        stored = file["model_weights"]
        assert text(stored.attrs["keras_version"]) and text(stored.attrs["backend"])
        assert names(stored, "layer_names") == [layer["config"]["name"] for layer in layers[1:]]
        for layer in layers[1:]:
            group = stored[layer["config"]["name"]]
            weights = {}
            for name in names(group, "weight_names"):
                assert group[name].dtype == np.float32
                weights[name.split("/")[-1].split(":")[0]] = group[name][()]
            x = apply(layer["class_name"], layer["config"], weights, x)
        print(" ".join(layer["class_name"] for layer in layers))
    x.astype("<f4").tofile(predictions)


main(*sys.argv[1:])
