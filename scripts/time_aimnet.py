#!/usr/bin/python3
"""Times one forward pass of AIM-Net's published structure in Python's PyTorch, for comparison.

Inputs:  --side (pixels, 800), --threads (1), --passes (5); needs python3-torch. Weights are random:
         the time does not depend on them.
Outputs: one line with the median and all times in milliseconds of CPU time (all threads).
Example: ./scripts/time_aimnet.py --side 800   beside   build/dev/baselines/deep_bench
"""

import argparse
import statistics
import time

import torch
from torch import nn
import torch.nn.functional as F


def cbr(*widths, padding=1, dilation=1):
    """Convolutions 3 x 3 with bias, batch normalisation and ReLU, from width to width."""
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Conv2d(before, after, 3, padding=padding, dilation=dilation),
                   nn.BatchNorm2d(after), nn.ReLU(inplace=True)]
    return layers


class Block(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(before, after, 3, padding=1, bias=False),
                                  nn.BatchNorm2d(after), nn.ReLU(inplace=True),
                                  nn.Conv2d(after, after, 3, padding=1, bias=False),
                                  nn.BatchNorm2d(after))
        self.identity = nn.Identity() if before == after else nn.Sequential(
            nn.Conv2d(before, after, 1, bias=False), nn.BatchNorm2d(after))

    def forward(self, x):
        return F.relu(self.body(x) + self.identity(x))


def layer(before, after, count):
    return nn.Sequential(Block(before, after), *[Block(after, after) for _ in range(count - 1)])


class Gate(nn.Module):
    """Squeeze and excitation with a sixteenth of the channels in between."""

    def __init__(self, channels):
        super().__init__()
        self.gate = nn.Sequential(nn.Linear(channels, channels // 16, bias=False), nn.ReLU(),
                                  nn.Linear(channels // 16, channels, bias=False), nn.Sigmoid())

    def forward(self, x):
        return x * self.gate(x.mean((2, 3)))[:, :, None, None]


class Pyramid(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.ModuleList(nn.Sequential(nn.AdaptiveAvgPool2d(cells),
                                                 nn.Conv2d(512, 512, 1, bias=False))
                                   for cells in (1, 3, 5))
        self.join = nn.Conv2d(2048, 512, 1)

    def forward(self, x):
        parts = [F.interpolate(cell(x), x.shape[2:], mode="bilinear", align_corners=False)
                 for cell in self.cells]
        return F.relu(self.join(torch.cat(parts + [x], 1)))


def up(factor):
    return nn.Upsample(scale_factor=factor, mode="bilinear", align_corners=False)


class AimNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.e0 = nn.Sequential(nn.Conv2d(3, 64, 7, padding=3, bias=False), nn.BatchNorm2d(64),
                                nn.ReLU(inplace=True))
        self.pool = nn.MaxPool2d(3, 2, 1, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2, 2)
        self.layers = nn.ModuleList([layer(64, 64, 3), layer(64, 128, 4), layer(128, 256, 6),
                                     layer(256, 512, 3)])
        self.pyramid = Pyramid()
        self.psp = nn.ModuleList(nn.Sequential(*cbr(512, width), up(factor))
                                 for width, factor in ((256, 2), (128, 4), (64, 8), (64, 16)))
        self.global_ = nn.ModuleList(nn.Sequential(*cbr(*widths), up(2)) for widths in (
            (1024, 512, 512, 256), (512, 256, 256, 128), (256, 128, 128, 64), (128, 64, 64, 64)))
        self.gates = nn.ModuleList(Gate(channels) for channels in (256, 128, 64, 64))
        self.global0 = nn.Sequential(*cbr(128, 64, 64), up(2))
        self.gate0 = Gate(64)
        self.spatial = nn.Conv2d(2, 1, 7, padding=3)
        self.last_global = nn.Conv2d(64, 3, 3, padding=1)
        self.bridge = nn.Sequential(*cbr(512, 512, 512, 512, padding=2, dilation=2))
        self.local = nn.ModuleList(nn.Sequential(*cbr(*widths)) for widths in (
            (1024, 512, 512, 256), (512, 256, 256, 128), (256, 128, 128, 64), (128, 64, 64, 64)))
        self.local0 = nn.Sequential(*cbr(128, 64, 64))
        self.last_local = nn.Conv2d(64, 1, 3, padding=1)

    def forward(self, image):
        features = [self.e0(image)]
        pooled, first = self.pool(features[0])
        places = [first]
        x = pooled
        for part in self.layers:
            x, where = self.pool(x)
            places.append(where)
            x = part(x)
            features.append(x)
        e4 = features[4]
        pyramid = self.pyramid(e4)
        x = self.gates[0](self.global_[0](torch.cat((pyramid, e4), 1)))
        for i in range(1, 4):
            x = self.gates[i](self.global_[i](torch.cat((self.psp[i - 1](pyramid), x), 1)))
        x = self.global0(torch.cat((self.psp[3](pyramid), x), 1))
        spatial = torch.sigmoid(self.spatial(
            torch.cat((x.mean(1, keepdim=True), x.max(1, keepdim=True)[0]), 1)))
        semantic = torch.sigmoid(self.last_global(self.gate0(x)))
        x = self.local[0](torch.cat((self.bridge(e4), e4), 1))
        for i in range(1, 4):
            x = self.unpool(x, places[5 - i])
            x = self.local[i](torch.cat((x, features[4 - i]), 1))
        x = self.unpool(self.unpool(x, places[1]), places[0])
        x = self.local0(torch.cat((x, features[0]), 1))
        detail = torch.sigmoid(self.last_local(x + x * spatial))
        kind = semantic.argmax(1, keepdim=True)
        return torch.where(kind == 1, detail, (kind == 2).float())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=800)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--passes", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = AimNet().eval()
    image = torch.rand(1, 3, arguments.side, arguments.side)
    times = []
    with torch.inference_mode():
        network(image)
        for _ in range(arguments.passes):
            begin = time.process_time()
            network(image)
            times.append(1000 * (time.process_time() - begin))
    print(f"median {statistics.median(times):.0f} ms of {[round(t) for t in times]}, "
          f"{sum(p.numel() for p in network.parameters())} parameters, torch {torch.__version__}")


if __name__ == "__main__":
    main()
