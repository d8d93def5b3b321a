"""The same network, optimizer and batches in PyTorch. Usage: torch_mnist.py MNIST_DIR EPOCHS (raw IDX files)."""

import sys
import time

import numpy as np
import torch
from torch import nn

directory, epochs = sys.argv[1], int(sys.argv[2])
torch.manual_seed(1)


def images(name):
    data = np.fromfile(f"{directory}/{name}-images-idx3-ubyte", np.uint8)[16:]
    return torch.from_numpy(data.reshape(-1, 1, 28, 28).astype(np.float32) / 255)


def labels(name):
    return torch.from_numpy(np.fromfile(f"{directory}/{name}-labels-idx1-ubyte", np.uint8)[8:].astype(np.int64))


x, y, test_x, test_y = images("train"), labels("train"), images("t10k"), labels("t10k")
model = nn.Sequential(
    nn.Conv2d(1, 32, 3),
    nn.ReLU(),
    nn.Conv2d(32, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Dropout(0.25),
    nn.Flatten(),
    nn.Linear(9216, 128),
    nn.ReLU(),
    nn.Dropout(0.5),
    nn.Linear(128, 10),
)
optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0, rho=0.95, eps=1e-6)
loss = nn.CrossEntropyLoss()
for epoch in range(1, epochs + 1):
    model.train()
    start = time.time()
    for batch in torch.randperm(len(x)).split(128):
        optimizer.zero_grad()
        loss(model(x[batch]), y[batch]).backward()
        optimizer.step()
    rate = len(x) / (time.time() - start)
    model.eval()
    with torch.no_grad():
        hits = [(model(a).argmax(1) == b).sum() for a, b in zip(test_x.split(500), test_y.split(500))]
    print(f"epoch {epoch} images/s {rate:.0f} accuracy {int(sum(hits)) / len(test_y):.4f}", flush=True)
