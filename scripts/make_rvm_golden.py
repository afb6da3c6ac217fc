#!/usr/bin/env python3
"""Makes tests/golden/networks/rvm_deep and rvm_fast: what the published program of Robust Video
Matting computes for a clip of three small frames, with weights by formula (docs/methods.md).

Inputs:  a copy of PeterL1n/RobustVideoMatting; needs PyTorch and NumPy. Where torchvision is not
         installed, its MobileNetV3 is replaced by the stand-in below.
Outputs: keys.json, meta.json and arrays, in one folder per refiner below the folder named.
Example: /usr/bin/python3 scripts/make_rvm_golden.py ../RobustVideoMatting tests/golden/networks
"""

import json
import pathlib
import sys
import types

import numpy
import torch
from torch import nn

SEED, RATIO, SIZE, FRAMES = 1, 0.375, (29, 37), 3
COST_SIZE = (64, 96)
COMMIT = "53d74c6826735f01f4406b5ca9075eee27bec094"
# The mean of the box filter; alpha about one half, so that clamping hides nothing.
OVERRIDES = {
    "project_mat.conv.bias": [1.0, 0.5],
    "refiner.box_filter.weight": [0.0, 1.0 / 9.0],
}


def stand_in_for_torchvision():
    """MobileNetV3 as torchvision 0.9 has it, as far as RVM uses it: 1e-3 in all normalisations,
    stride 1 where a block is dilated, hard sigmoid in squeeze-and-excitation."""

    class Config:
        def __init__(self, inputs, kernel, expanded, out, squeeze, activation, stride, dilation, _):
            self.inputs, self.kernel, self.expanded, self.out = inputs, kernel, expanded, out
            self.squeeze, self.swish = squeeze, activation == "HS"
            self.stride, self.dilation = stride, dilation

    def convolution(inputs, out, kernel=3, stride=1, dilation=1, groups=1, activation=None):
        layers = [nn.Conv2d(inputs, out, kernel, stride, (kernel - 1) // 2 * dilation, dilation,
                            groups, bias=False), nn.BatchNorm2d(out, eps=1e-3)]
        return nn.Sequential(*layers, *([activation()] if activation else []))

    class Squeeze(nn.Module):
        def __init__(self, channels):
            super().__init__()
            squeezed = max(8, (channels // 4 + 4) // 8 * 8)
            squeezed += 8 if squeezed < 0.9 * (channels // 4) else 0
            self.fc1 = nn.Conv2d(channels, squeezed, 1)
            self.fc2 = nn.Conv2d(squeezed, channels, 1)

        def forward(self, x):
            scale = nn.functional.adaptive_avg_pool2d(x, 1)
            scale = self.fc2(nn.functional.relu(self.fc1(scale)))
            return nn.functional.hardsigmoid(scale) * x

    class Block(nn.Module):
        def __init__(self, c):
            super().__init__()
            activation = nn.Hardswish if c.swish else nn.ReLU
            layers = []
            if c.expanded != c.inputs:
                layers.append(convolution(c.inputs, c.expanded, 1, activation=activation))
            stride = 1 if c.dilation > 1 else c.stride
            layers.append(convolution(c.expanded, c.expanded, c.kernel, stride, c.dilation,
                                      c.expanded, activation))
            if c.squeeze:
                layers.append(Squeeze(c.expanded))
            layers.append(convolution(c.expanded, c.out, 1))
            self.block = nn.Sequential(*layers)
            self.adds = c.stride == 1 and c.inputs == c.out

        def forward(self, x):
            return self.block(x) + x if self.adds else self.block(x)

    class MobileNetV3(nn.Module):
        def __init__(self, inverted_residual_setting, last_channel):
            super().__init__()
            settings = inverted_residual_setting
            self.features = nn.Sequential(
                convolution(3, settings[0].inputs, 3, 2, activation=nn.Hardswish),
                *map(Block, settings),
                convolution(settings[-1].out, 6 * settings[-1].out, 1, activation=nn.Hardswish))
            self.avgpool = self.classifier = nn.Identity()

    def normalize(x, mean, std):
        return (x - torch.tensor(mean).view(-1, 1, 1)) / torch.tensor(std).view(-1, 1, 1)

    def module(name, **members):
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(members)

    module("torchvision")
    module("torchvision.models")
    module("torchvision.models.utils", load_state_dict_from_url=None)
    module("torchvision.models.mobilenetv3", MobileNetV3=MobileNetV3,
           InvertedResidualConfig=Config)
    module("torchvision.models.resnet", ResNet=nn.Module, Bottleneck=nn.Module)
    module("torchvision.transforms")
    module("torchvision.transforms.functional", normalize=normalize)


def formula(name, shape, integer):
    """A tensor's values by the recipe that docs/methods.md defines."""
    count = int(numpy.prod(shape, dtype=numpy.int64))
    if integer:
        return numpy.zeros(shape, numpy.int64)
    mask = (1 << 64) - 1
    start = 0xCBF29CE484222325
    for byte in f"{SEED}:{name}".encode():
        start = ((start ^ byte) * 0x100000001B3) & mask
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(start) + (numpy.arange(count, dtype=numpy.uint64) + numpy.uint64(1)) * \
            numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    u = ((z ^ (z >> numpy.uint64(31))) >> numpy.uint64(11)).astype(numpy.float64) * 2.0**-53
    s = 2.0 * u - 1.0
    last = name.rsplit(".", 1)[-1]
    if last == "running_mean":
        value = 0.1 * s
    elif last == "running_var":
        value = 0.75 + 0.5 * u
    elif len(shape) <= 1:
        value = (1.0 if "weight" in last else 0.0) + 0.1 * s
    else:
        value = numpy.sqrt(3.0 / (count / shape[0])) * s
    factor, offset = OVERRIDES.get(name, [1.0, 0.0])
    return (value * factor + offset).reshape(shape).astype(numpy.float32)


def frames():
    """Discs and ramps that move from frame to frame."""
    height, width = SIZE
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.float64)
    for t in range(FRAMES):
        disc = 1.0 / (1.0 + numpy.exp(numpy.hypot(y - 12 - 2 * t, x - 14 - 4 * t) - 8.0))
        colours = [disc, 0.5 + 0.4 * numpy.sin(0.5 * x + t) * (1 - disc), y / height]
        image = numpy.rint(255 * numpy.clip(numpy.stack(colours), 0, 1)) / 255
        yield torch.from_numpy(image.astype(numpy.float32)).unsqueeze(0)


def count_macs(network):
    total = 0
    conv2d = nn.functional.conv2d

    def counted(x, weight, bias, *rest):
        nonlocal total
        out = conv2d(x, weight, bias, *rest)
        total += out.numel() * weight[0].numel()
        return out

    nn.functional.conv2d = counted
    network(torch.zeros(1, 3, *COST_SIZE), downsample_ratio=1)
    nn.functional.conv2d = conv2d
    return total


def make(refiner, folder):
    from model import MattingNetwork

    network = MattingNetwork("mobilenetv3", refiner).eval()
    del network.project_seg  # of training alone
    state = network.state_dict()
    network.load_state_dict({name: torch.from_numpy(numpy.asarray(
        formula(name, tuple(t.shape), not t.is_floating_point()))) for name, t in state.items()})
    folder.mkdir(parents=True, exist_ok=True)

    def save(name, tensor):
        numpy.save(folder / f"{name}.npy", tensor.numpy())

    for suffix, ratio in (("", RATIO), ("_full", 1)):
        memory = [None] * 4
        for i, frame in enumerate(frames()):
            foreground, alpha, *memory = network(frame, *memory, downsample_ratio=ratio)
            save(f"input_frame{i}", frame)
            save(f"out_alpha{suffix}{i}", alpha)
        save(f"out_foreground{suffix}{i}", foreground)
        if not suffix:
            for i, tensor in enumerate(memory):
                save(f"out_state{i + 1}", tensor)
    types_of = {torch.float32: "float32", torch.int64: "int64"}
    keys = [[name, list(t.shape), types_of[t.dtype]] for name, t in state.items()]
    lines = ",\n".join(json.dumps(key) for key in keys)
    (folder / "keys.json").write_text(f"[\n{lines}\n]\n")
    meta = {
        "model": folder.name, "recipe": {"seed": SEED, "gain": 1.0, "overrides": {
            name: change for name, change in OVERRIDES.items() if name in state}},
        "source": "PeterL1n/RobustVideoMatting", "commit": COMMIT, "ratio": RATIO,
        "parameters": sum(p.numel() for p in network.parameters()),
        "input_size": COST_SIZE, "macs_at_input_size": count_macs(network)}
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    try:
        import torchvision  # noqa: F401
    except ImportError:
        stand_in_for_torchvision()
    torch.set_num_threads(1)
    with torch.no_grad():
        for refiner in ("deep", "fast"):
            make(f"{refiner}_guided_filter", pathlib.Path(sys.argv[2]) / f"rvm_{refiner}")
