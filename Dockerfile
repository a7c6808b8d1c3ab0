# Forebear as a container image. UNTESTED: it was written on a machine where no container engine runs.
#
#   docker build -t forebear .
#
# The server listens on loopback only; an address that others can reach is a start-up error unless authentication is
# configured. Inside a container, loopback is the container's own, so a published port (-p) reaches nothing. Three ways
# that work:
#
#   Linux, same machine:   docker run --rm --network host -v forebear:/data forebear     then http://127.0.0.1:4747
#   Kubernetes:            kubectl port-forward POD 4747                  (it connects to the pod's own loopback)
#   a command, no server:  docker run --rm -i forebear events - -o compact < tetragon.log

FROM node:24-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY packages/model/package.json packages/model/
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY e2e/package.json e2e/
RUN npm ci --ignore-scripts
COPY . .
RUN bash scripts/build.sh
# What the server needs at run time, and nothing of the web app, the tests or the tools.
RUN npm ci --ignore-scripts --omit=dev --omit=optional --workspace @forebear/server

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/packages/model/package.json packages/model/
COPY --from=build /src/packages/model/dist packages/model/dist
COPY --from=build /src/apps/server/package.json apps/server/
COPY --from=build /src/apps/server/dist apps/server/dist
COPY --from=build /src/apps/web/dist apps/web/dist
RUN install -d -o 10001 -g 10001 -m 0700 /data
USER 10001:10001
VOLUME /data
HEALTHCHECK --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:4747/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As scripts/house.sh runs it.
ENV MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=134217728 MALLOC_MMAP_THRESHOLD_=16777216 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=100", "--no-parallel-scavenge", "/app/apps/server/dist/main.js"]
CMD ["serve", "--data", "/data"]
